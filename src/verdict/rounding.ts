import { generator } from '../data/stratify.ts';
import { spread } from '../engine/compare-answers.ts';
import type { Split } from '../engine/split.ts';

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
  /** The model file's SHA-256: which images are looked at follows from it, so that who makes a net cannot choose them. */
  sha256: string;
  signal?: AbortSignal | undefined;
}

/** A run is summed in one other order: there are enough runs for all of them, and some for every part of a sorted dataset. */
const runs = 16,
  imagesPerRun = 4;

/** Every net on up to 64 images of every dataset. */
export async function roundOtherwise({ splits, order, steps, sha256, signal }: RoundingTrial): Promise<Rounded[]> {
  const found: Rounded[] = [];
  for (const channelsPruned of steps) {
    for (const [split, { clean, attacks }] of Object.entries(splits) as [Rounded['split'], Split][]) {
      for (const [attack, chunks] of [[null, clean] as const, ...attacks]) {
        const pieces = drawn(chunks.data.count, sha256);
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

/** Start and stop of each run: one is drawn in each of as many equal parts of a dataset; all images where there are no more than that. */
function drawn(count: number, sha256: string): [start: number, stop: number][] {
  if (count <= runs * imagesPerRun) return spread(count, runs, imagesPerRun);
  const random = generator(Number.parseInt(sha256.slice(0, 8), 16));
  return Array.from({ length: runs }, (_, run) => {
    const [first, end] = [run, run + 1].map((part) => Math.floor((part * count) / runs)) as [number, number];
    const start = first + Math.floor(random() * (end - first - imagesPerRun + 1));
    return [start, start + imagesPerRun];
  });
}
