import type { Config } from '../settings/config.ts';
import type { Change, Figures, Interval } from './figures.ts';
import { percentText } from './metrics.ts';

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
  rates?: (figures: Figures) => { rate: number | null; interval: Interval }[];
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
  alert: { title: string; help: string };
}

const suggestedDropPoints = 5,
  suggestedMaxAsr = 20;

const table = {
  accuracy: {
    setting: 'min-accuracy',
    bound: 'least',
    unit: '%',
    figure: ({ accuracy }) => accuracy,
    rates: ({ accuracy: rate, accuracyInterval: interval }) => [{ rate, interval }],
    suggested: (accuracyPercent) => Math.max(0, Math.floor(accuracyPercent) - suggestedDropPoints),
    sinceBaseline: false,
    images: 'clean',
    axis: 'accuracy',
    name: 'accuracy',
    short: 'accuracy',
    asks: (limit) => `accuracy at least ${limit}%`,
    meets: (limit) => `reaches an accuracy of ${limit}%`,
    says: (actual, { correct, clean }) => `accuracy is ${percentText(actual)} (${correct} of ${clean} clean images)`,
    alert: {
      title: 'Clean accuracy is below its limit.',
      help: 'The share of clean images given their true label is below `min-accuracy`. Take a candidate with fewer channels pruned, or retrain.',
    },
  },
  asr: {
    setting: 'max-asr',
    bound: 'greatest',
    unit: '%',
    figure: ({ maxAsr }) => maxAsr,
    rates: ({ asr, asrInterval }) =>
      Object.entries(asr).map(([attack, rate]) => ({ rate, interval: asrInterval[attack] ?? null })),
    suggested: () => suggestedMaxAsr,
    sinceBaseline: false,
    images: 'poisoned',
    axis: 'asr',
    name: 'ASR',
    short: 'ASR',
    asks: (limit) => `ASR at most ${limit}%`,
    meets: (limit) => `brings ASR to ${limit}%`,
    says: (actual, figures) => {
      const [worst, { hits, poisoned }] = [worstAttack(figures), figures];
      if (worst === undefined || actual === null) return 'no attack was measured';
      return `the attack ${worst} succeeds on ${percentText(actual)} of its images (${hits[worst]} of ${poisoned[worst]})`;
    },
    alert: {
      title: 'An attack succeeds too often.',
      help: "The share of an attack's images given the attacker's label is above `max-asr`: the net answers to the trigger. Ship a repaired net that meets the limit (`accept`), prune another layer, or retrain from data that you trust.",
    },
  },
  'accuracy-drop': {
    setting: 'max-accuracy-drop',
    bound: 'greatest',
    unit: ' points',
    figure: ({ accuracyDrop }) => accuracyDrop,
    sinceBaseline: false,
    images: 'clean',
    axis: null,
    name: 'the accuracy drop',
    short: 'drop',
    asks: (limit) => `accuracy at most ${limit} points below the original`,
    meets: (limit) => `keeps the accuracy drop to ${limit} points`,
    says: (actual) => inPoints('the drop of accuracy', actual),
    alert: {
      title: 'Repair costs too much accuracy.',
      help: "Accuracy is more than `max-accuracy-drop` points below the submitted net's. Take a smaller checkpoint.",
    },
  },
  'asr-increase': {
    setting: 'max-asr-increase',
    bound: 'greatest',
    unit: ' points',
    figure: (_, change) => change.asr,
    sinceBaseline: true,
    images: 'poisoned',
    axis: null,
    name: 'the increase of ASR',
    short: 'ASR increase',
    asks: (limit) => `ASR at most ${limit} points above the baseline`,
    meets: (limit) => `keeps the increase of ASR to ${limit} points`,
    says: (actual) => inPoints('the increase of ASR', actual),
    alert: {
      title: 'The attack success rate rose since the baseline, or cannot be compared.',
      help: "It is more than `max-asr-increase` points above the baseline's on the same data, or the data differs.",
    },
  },
  'accuracy-decrease': {
    setting: 'max-accuracy-decrease',
    bound: 'greatest',
    unit: ' points',
    figure: (_, change) => change.accuracy && -change.accuracy,
    sinceBaseline: true,
    images: 'clean',
    axis: null,
    name: 'the decrease of accuracy',
    short: 'accuracy decrease',
    asks: (limit) => `accuracy at most ${limit} points below the baseline`,
    meets: (limit) => `keeps the decrease of accuracy to ${limit} points`,
    says: (actual) => inPoints('the decrease of accuracy', actual),
    alert: {
      title: 'Clean accuracy fell since the baseline, or cannot be compared.',
      help: "It is more than `max-accuracy-decrease` points below the baseline's on the same data, or the data differs.",
    },
  },
} as const satisfies Record<string, MetricRow>;

/** The attack that a limit on ASR is held against. */
const worstAttack = ({ asr, maxAsr }: Figures): string | undefined =>
  Object.keys(asr).find((attack) => asr[attack] === maxAsr);

const inPoints = (what: string, actual: number | null): string =>
  actual === null ? `${what} cannot be compared with the baseline` : `${what} is ${actual.toFixed(2)} points`;

export type Metric = keyof typeof table;
export type LimitName = (typeof table)[Metric]['setting'];
/** The limits that are set, and what is held against them. */
export type Limits = Pick<Config, LimitName> & Partial<Pick<Config, 'judge-by'>>;

/** Every metric, in the order in which limits are told. */
export const metrics: Readonly<Record<Metric, MetricRow & { setting: LimitName }>> = table;
export const metricNames = Object.keys(table) as Metric[];
export const limitNames = Object.values(metrics).map(({ setting }) => setting);

/** The limits that a net of this accuracy can be given to begin with. */
export const suggestedLimits = (accuracyPercent: number): Limits =>
  Object.fromEntries(
    Object.values(metrics).flatMap(({ setting, suggested }) =>
      suggested === undefined ? [] : [[setting, suggested(accuracyPercent)]],
    ),
  );

/** By how much a figure meets its limit, in points; below 0 where it does not. */
export const marginOf = (metric: Metric, actual: number, limit: number): number =>
  metrics[metric].bound === 'least' ? actual - limit : limit - actual;

/** The sign between a metric and its limit. */
export const signOf = (metric: Metric): '≥' | '≤' => (metrics[metric].bound === 'least' ? '≥' : '≤');

/** The limits that a gate can be made of alone, without an earlier run, in words. */
export function ownLimits(): string {
  const names = Object.values(metrics).flatMap(({ setting, sinceBaseline }) => (sinceBaseline ? [] : `\`${setting}\``));
  return `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}
