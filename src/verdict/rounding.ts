import type { Piece } from '../engine/chunks.ts';
import { streamOf } from '../engine/salt.ts';
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

/** A trial is summed in one other order: there are enough for all of them. */
const trials = 8,
  imagesPerTrial = 6,
  most = trials * imagesPerTrial;

/** Every net on up to 48 images of every dataset. */
export async function roundOtherwise({ splits, order, steps, sha256, signal }: RoundingTrial): Promise<Rounded[]> {
  const found: Rounded[] = [];
  for (const channelsPruned of steps) {
    for (const [split, { clean, attacks }] of Object.entries(splits) as [Rounded['split'], Split][]) {
      for (const [attack, chunks] of [[null, clean] as const, ...attacks]) {
        const images = drawn(chunks.data.count, sha256);
        found.push({
          channelsPruned,
          split,
          attack,
          images: images.length,
          changed: await chunks.changed(dealt(images), order.subarray(0, channelsPruned)),
        });
        signal?.throwIfAborted();
      }
    }
  }
  return found;
}

/** One image of each of as many equal parts of a dataset; all images where there are no more. */
function drawn(count: number, sha256: string): number[] {
  if (count <= most) return Array.from({ length: count }, (_, i) => i);
  const next = streamOf(sha256, 0);
  return Array.from({ length: most }, (_, part) => {
    const [first, end] = [part, part + 1].map((each) => Math.floor((each * count) / most)) as [number, number];
    return first + Math.floor((next() / 2 ** 32) * (end - first));
  });
}

/** Each trial has images of all parts. */
const dealt = (images: readonly number[]): Piece[][] =>
  Array.from({ length: Math.min(trials, images.length) }, (_, trial) =>
    images.filter((__, i) => i % trials === trial).map((image) => [image, image + 1] as const),
  );
