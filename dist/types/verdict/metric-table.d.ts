import type { Config } from '../settings/config.ts';
import type { Change, Figures, Interval } from './figures.ts';
/** What a limit can be set on: how the figure is found and held against it, and how both are worded. */
interface MetricRow {
    /** The setting that holds its limit. */
    setting: keyof Config;
    /** Whether a limit is the least figure that meets it or the greatest. */
    bound: 'least' | 'greatest';
    unit: '%' | ' points';
    /** Null where nothing was measured, or where it cannot be compared. */
    figure: (figures: Figures, change: Change) => number | null;
    /** The rates that a limit is held against one by one, of which the figure is one, each with its 95% interval; where it is a rate. */
    rates?: (figures: Figures) => {
        rate: number | null;
        interval: Interval;
    }[];
    /** The limit for who names none, of a net with this accuracy in percent, where one can be said. */
    suggested?: (accuracyPercent: number) => number;
    /** Whether it is a change since the baseline. */
    sinceBaseline: boolean;
    /** The images that it needs. */
    images: 'clean' | 'poisoned';
    /** The axis of the charts that its limit has a place on. */
    axis: 'accuracy' | 'asr' | null;
    /** In a sentence, and in the cell of a table. */
    name: string;
    short: string;
    /** What a limit asks for, and what a net does that meets it. */
    asks: (limit: number) => string;
    meets: (limit: number) => string;
    /** What is told of a figure that does not meet its limit. */
    says: (actual: number | null, figures: Figures) => string;
    /** What code scanning tells of the limit: where it is not met, and what to do about that. */
    alert: {
        title: string;
        help: string;
    };
}
declare const table: {
    readonly accuracy: {
        readonly setting: "min-accuracy";
        readonly bound: "least";
        readonly unit: "%";
        readonly figure: ({ accuracy }: Figures) => number | null;
        readonly rates: ({ accuracy: rate, accuracyInterval: interval }: Figures) => {
            rate: number | null;
            interval: Interval;
        }[];
        readonly suggested: (accuracyPercent: number) => number;
        readonly sinceBaseline: false;
        readonly images: "clean";
        readonly axis: "accuracy";
        readonly name: "accuracy";
        readonly short: "accuracy";
        readonly asks: (limit: number) => string;
        readonly meets: (limit: number) => string;
        readonly says: (actual: number | null, { correct, clean }: Figures) => string;
        readonly alert: {
            readonly title: "Clean accuracy is below its limit.";
            readonly help: "The share of clean images given their true label is below `min-accuracy`. Take a candidate with fewer channels pruned, or retrain.";
        };
    };
    readonly asr: {
        readonly setting: "max-asr";
        readonly bound: "greatest";
        readonly unit: "%";
        readonly figure: ({ maxAsr }: Figures) => number | null;
        readonly rates: ({ asr, asrInterval }: Figures) => {
            rate: number | null;
            interval: [low: number, high: number] | null;
        }[];
        readonly suggested: () => number;
        readonly sinceBaseline: false;
        readonly images: "poisoned";
        readonly axis: "asr";
        readonly name: "ASR";
        readonly short: "ASR";
        readonly asks: (limit: number) => string;
        readonly meets: (limit: number) => string;
        readonly says: (actual: number | null, figures: Figures) => string;
        readonly alert: {
            readonly title: "An attack succeeds too often.";
            readonly help: "The share of an attack's images given the attacker's label is above `max-asr`: the net answers to the trigger. Ship a repaired net that meets the limit (`accept`), prune another layer, or retrain from data that you trust.";
        };
    };
    readonly 'accuracy-drop': {
        readonly setting: "max-accuracy-drop";
        readonly bound: "greatest";
        readonly unit: " points";
        readonly figure: ({ accuracyDrop }: Figures) => number | null;
        readonly sinceBaseline: false;
        readonly images: "clean";
        readonly axis: null;
        readonly name: "the accuracy drop";
        readonly short: "drop";
        readonly asks: (limit: number) => string;
        readonly meets: (limit: number) => string;
        readonly says: (actual: number | null) => string;
        readonly alert: {
            readonly title: "Repair costs too much accuracy.";
            readonly help: "Accuracy is more than `max-accuracy-drop` points below the submitted net's. Take a smaller checkpoint.";
        };
    };
    readonly 'asr-increase': {
        readonly setting: "max-asr-increase";
        readonly bound: "greatest";
        readonly unit: " points";
        readonly figure: (_: Figures, change: Change) => number | null;
        readonly sinceBaseline: true;
        readonly images: "poisoned";
        readonly axis: null;
        readonly name: "the increase of ASR";
        readonly short: "ASR increase";
        readonly asks: (limit: number) => string;
        readonly meets: (limit: number) => string;
        readonly says: (actual: number | null) => string;
        readonly alert: {
            readonly title: "The attack success rate rose since the baseline, or cannot be compared.";
            readonly help: "It is more than `max-asr-increase` points above the baseline's on the same data, or the data differs.";
        };
    };
    readonly 'accuracy-decrease': {
        readonly setting: "max-accuracy-decrease";
        readonly bound: "greatest";
        readonly unit: " points";
        readonly figure: (_: Figures, change: Change) => number | null;
        readonly sinceBaseline: true;
        readonly images: "clean";
        readonly axis: null;
        readonly name: "the decrease of accuracy";
        readonly short: "accuracy decrease";
        readonly asks: (limit: number) => string;
        readonly meets: (limit: number) => string;
        readonly says: (actual: number | null) => string;
        readonly alert: {
            readonly title: "Clean accuracy fell since the baseline, or cannot be compared.";
            readonly help: "It is more than `max-accuracy-decrease` points below the baseline's on the same data, or the data differs.";
        };
    };
};
export type Metric = keyof typeof table;
export type LimitName = (typeof table)[Metric]['setting'];
/** The limits that are set, and what is held against them. */
export type Limits = Pick<Config, LimitName> & Partial<Pick<Config, 'judge-by'>>;
/** Every metric, in the order in which limits are told. */
export declare const metrics: Readonly<Record<Metric, MetricRow & {
    setting: LimitName;
}>>;
export declare const metricNames: Metric[];
export declare const limitNames: ("min-accuracy" | "max-asr" | "max-accuracy-drop" | "max-asr-increase" | "max-accuracy-decrease")[];
/** The limits that a net of this accuracy can be given to begin with. */
export declare const suggestedLimits: (accuracyPercent: number) => Limits;
/** By how much a figure meets its limit, in points; below 0 where it does not. */
export declare const marginOf: (metric: Metric, actual: number, limit: number) => number;
/** The sign between a metric and its limit. */
export declare const signOf: (metric: Metric) => "\u2265" | "\u2264";
/** The limits that a gate can be made of alone, without an earlier run, in words. */
export declare function ownLimits(): string;
export {};
