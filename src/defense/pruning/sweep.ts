import type { Split } from '../../engine/split.ts';
import type { Tally } from '../../engine/tally.ts';
import type { Counts, GoodNetCounts } from '../../verdict/figures.ts';
import { countedOf } from '../counted.ts';

/** The nets after pruning the first `step` channels of the order. Step 0 is the original net. */
export interface Step {
  step: number;
  /** The channel pruned by this step; null at step 0. */
  channel: number | null;
  pruned: Counts;
  goodnet: GoodNetCounts;
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
  const knowsTrueLabels = (name: string): boolean => split.attacks.get(name)!.data.trueLabels !== null;
  return stops.map((stop, i): Step => {
    const { net, goodnet } = countedOf(
      clean[i]!,
      attacks.map(([name, tallies]) => ({ name, tally: tallies[i]!, knowsTrueLabels: knowsTrueLabels(name) })),
    );
    return { step: stop, channel: stop === 0 ? null : order[stop - 1]!, pruned: net, goodnet };
  });
}
