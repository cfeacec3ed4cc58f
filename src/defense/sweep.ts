import type { Chunks } from '../engine/chunks.ts';
import type { Tally } from '../engine/tally.ts';

/** The datasets of one split: clean images, and the poisoned images of each attack by its name. */
export interface Split {
  clean: Chunks;
  attacks: Map<string, Chunks>;
}

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

/** The nets after pruning the first `step` channels of the order. Step 0 is the original net. */
export interface Step {
  step: number;
  /** The channel pruned by this step; null at step 0. */
  channel: number | null;
  pruned: Counts;
  goodnet: GoodNetCounts;
}

/** Numbers of images in a split, by dataset: what every count is to be divided by. */
export interface Sizes {
  clean: number;
  poisoned: Record<string, number>;
}

/** Counts both nets on `split` after pruning the first k channels of `order`, for each k of `stops` (ascending). */
export async function sweep(
  split: Split,
  order: Int32Array,
  stops: readonly number[],
  progress: (images: number) => void,
): Promise<Step[]> {
  const clean = await split.clean.sweep(order, stops, progress);
  const attacks: [string, Tally[]][] = [];
  for (const [name, chunks] of split.attacks) attacks.push([name, await chunks.sweep(order, stops, progress)]);
  return stops.map((stop, i) => {
    const byAttack = (count: (tally: Tally) => number) =>
      Object.fromEntries(attacks.map(([name, tallies]) => [name, count(tallies[i]!)]));
    const known = attacks.filter(([name]) => split.attacks.get(name)!.data.trueLabels !== null);
    const robust = (count: (tally: Tally) => number) =>
      Object.fromEntries(known.map(([name, tallies]) => [name, count(tallies[i]!)]));
    const tally = clean[i]!;
    return {
      step: stop,
      channel: stop === 0 ? null : order[stop - 1]!,
      pruned: { correct: tally.hits, hits: byAttack((t) => t.hits), robust: robust((t) => t.robust) },
      goodnet: {
        correct: tally.goodnetHits,
        hits: byAttack((t) => t.goodnetHits),
        robust: robust((t) => t.goodnetRobust),
        rejectedClean: tally.rejected,
        rejectedPoisoned: byAttack((t) => t.rejected),
      },
    };
  });
}
