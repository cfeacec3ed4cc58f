import type { Sizes } from '../engine/split.ts';
import type { Kind } from '../settings/config.ts';
/** Counts of one net on one split. */
export interface Counts {
    /** Clean images predicted as their label. */
    correct: number;
    /** Poisoned images predicted as the attacker's label, by attack. */
    hits: Record<string, number>;
    /** Poisoned images predicted as their true label, by those attacks whose true labels are known. */
    robust: Record<string, number>;
}
/** A GoodNet's counts, with the images that it rejects as backdoored. */
export interface GoodNetCounts extends Counts {
    rejectedClean: number;
    rejectedPoisoned: Record<string, number>;
}
/** The 95% interval of a figure, in percent; null where nothing was measured. */
export type Interval = [low: number, high: number] | null;
/** One net's figures on one split. Percentages 0..100 stand beside the counts that they come from; null where nothing was measured. */
export interface Figures {
    clean: number;
    correct: number;
    accuracy: number | null;
    accuracyInterval: Interval;
    poisoned: Record<string, number>;
    hits: Record<string, number>;
    asr: Record<string, number | null>;
    asrInterval: Record<string, Interval>;
    /** The highest ASR over all attacks: what a limit is compared with. Null where one of them was not measured: it could be the highest. */
    maxAsr: number | null;
    /** Poisoned images given their true label, by those attacks whose true labels are known, and their share in percent. */
    robust: Record<string, number>;
    robustAccuracy: Record<string, number | null>;
    /** Drop of accuracy below the original net's on the same split, in points. */
    accuracyDrop: number | null;
    /** Defense effectiveness rating by attack, 0..1. */
    der: Record<string, number | null>;
    rejectedClean?: number;
    rejectedPoisoned?: Record<string, number>;
}
/** How figures differ from those of an earlier run, in points; null where the two cannot be compared. */
export interface Change {
    accuracy: number | null;
    asr: number | null;
}
/** A net that could be shipped: the original, or the pruned net or GoodNet of a checkpoint. */
export interface Candidate {
    kind: Kind;
    /** The checkpoint's accuracy drop in points; null for a net of none. */
    checkpoint: number | null;
    /** What files call it where it is a net of no checkpoint. */
    stage?: string;
    channelsPruned: number;
    validation: Figures;
    test: Figures | null;
}
/** What tells a candidate from others of its kind: `X=4`; null for the original. */
export declare const stageOf: ({ checkpoint, stage }: Pick<Candidate, "checkpoint" | "stage">) => string | null;
/** What files and tables call a checkpoint by: its drop in points. */
export declare const dropName: (points: number) => string;
/** Turns counts into percentages, intervals and ratings against the original net's counts on the same images. */
export declare function figuresOf(counts: Counts | GoodNetCounts, original: Counts, sizes: Sizes): Figures;
