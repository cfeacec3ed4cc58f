import { spread } from './answers.ts';
import type { Split } from './sweep.ts';

/** How many images of a dataset a net gives another class, or may give it, where its sums are rounded otherwise. */
export interface Rounded {
  /** Which net: the original with so many channels pruned. */
  channelsPruned: number;
  split: 'validation' | 'test';
  /** Null for the clean images. */
  attack: string | null;
  images: number;
  changed: number;
}

/** What is rounded otherwise: the splits, and the nets after pruning the first k channels of `order`, for each k of `steps`. */
export interface RoundingTrial {
  splits: Readonly<Partial<Record<'validation' | 'test', Split>>>;
  order: Int32Array;
  steps: readonly number[];
  signal?: AbortSignal | undefined;
}

/** A run is summed in one other order: there are enough runs for all of them. */
const runs = 8,
  imagesPerRun = 8;

/** Every net on up to 64 images of every dataset. */
export async function roundOtherwise({ splits, order, steps, signal }: RoundingTrial): Promise<Rounded[]> {
  const found: Rounded[] = [];
  for (const channelsPruned of steps) {
    for (const [split, { clean, attacks }] of Object.entries(splits) as [Rounded['split'], Split][]) {
      for (const [attack, chunks] of [[null, clean] as const, ...attacks]) {
        const pieces = spread(chunks.data.count, runs, imagesPerRun);
        const images = pieces.reduce((sum, [start, stop]) => sum + stop - start, 0);
        found.push({
          channelsPruned,
          split,
          attack,
          images,
          changed: await chunks.changed(pieces, order.subarray(0, channelsPruned)),
        });
        signal?.throwIfAborted();
      }
    }
  }
  return found;
}
