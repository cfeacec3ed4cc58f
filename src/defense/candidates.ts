import type { Kind } from '../config.ts';
import type { Checkpoint } from './checkpoints.ts';
import { effectivenessRating, percent, wilsonInterval } from './metrics.ts';
import type { Counts, GoodNetCounts, Sizes, Step } from './sweep.ts';

type Interval = [low: number, high: number] | null;

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

/** A net that could be shipped: the original, or the pruned net or GoodNet of a checkpoint. */
export interface Candidate {
  kind: Kind;
  /** The checkpoint's accuracy drop in points; null for the original. */
  checkpoint: number | null;
  channelsPruned: number;
  validation: Figures;
  test: Figures | null;
}

/** A split's steps and sizes; the first step is the original net. */
export interface Measured {
  steps: readonly Step[];
  sizes: Sizes;
}

/** The original, then the pruned net and the GoodNet of each checkpoint that was reached. */
export function listCandidates(picks: readonly Checkpoint[], validation: Measured, test: Measured | null): Candidate[] {
  const figures = (kind: Kind, step: number) => ({
    validation: measured(validation, kind, step),
    test: test && measured(test, kind, step),
  });
  const reached = picks.flatMap(({ dropPoints, step }) => (step === null ? [] : [{ dropPoints, step }]));
  return [
    { kind: 'original', checkpoint: null, channelsPruned: 0, ...figures('original', 0) },
    ...(['pruned', 'goodnet'] as const).flatMap((kind) =>
      reached.map(({ dropPoints, step }): Candidate => ({
        kind,
        checkpoint: dropPoints,
        channelsPruned: step,
        ...figures(kind, step),
      })),
    ),
  ];
}

function measured({ steps, sizes }: Measured, kind: Kind, step: number): Figures {
  const found = steps.find((other) => other.step === step)!;
  return figuresOf(kind === 'goodnet' ? found.goodnet : found.pruned, steps[0]!.pruned, sizes);
}

/** Turns counts into percentages, intervals and ratings against the original net's counts on the same images. */
export function figuresOf(counts: Counts | GoodNetCounts, original: Counts, sizes: Sizes): Figures {
  const accuracy = percent(counts.correct, sizes.clean);
  const originalAccuracy = percent(original.correct, sizes.clean);
  const byAttack = <T>(value: (attack: string, images: number) => T) =>
    Object.fromEntries(Object.entries(sizes.poisoned).map(([attack, images]) => [attack, value(attack, images)]));
  const asr = byAttack((attack, images) => percent(counts.hits[attack]!, images));
  const rates = Object.values(asr);
  const measured = rates.filter((rate) => rate !== null);
  return {
    clean: sizes.clean,
    correct: counts.correct,
    accuracy,
    accuracyInterval: wilsonInterval(counts.correct, sizes.clean),
    poisoned: sizes.poisoned,
    hits: counts.hits,
    asr,
    asrInterval: byAttack((attack, images) => wilsonInterval(counts.hits[attack]!, images)),
    maxAsr: rates.length === 0 || measured.length < rates.length ? null : Math.max(...measured),
    robust: counts.robust,
    robustAccuracy: Object.fromEntries(
      Object.entries(counts.robust).map(([attack, images]) => [attack, percent(images, sizes.poisoned[attack]!)]),
    ),
    accuracyDrop: percent(original.correct - counts.correct, sizes.clean),
    der: byAttack((attack, images) => {
      const [before, after] = [percent(original.hits[attack]!, images), asr[attack] ?? null];
      if (accuracy === null || originalAccuracy === null || before === null || after === null) return null;
      return effectivenessRating({ accuracy: originalAccuracy, asr: before }, { accuracy, asr: after });
    }),
    ...('rejectedClean' in counts
      ? { rejectedClean: counts.rejectedClean, rejectedPoisoned: counts.rejectedPoisoned }
      : {}),
  };
}
