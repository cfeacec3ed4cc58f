/** How many images each step of a training takes, and each of a search for a trigger. */
export const trainedAStep = 64,
  searchedAStep = 32;

/**
 * Of so many parts of a batch gradients are computed one by one, and added up in an order that never changes, so that
 * it does not matter who computed which. A power of two.
 */
export const partsOfABatch = 2;

/** Draws numbers from 0 to below 1. */
export type Draw = () => number;

/** mulberry32: the same numbers for a seed on every machine. */
export function mulberry32(seed: number): Draw {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The same numbers in another order: Fisher-Yates from the end. */
export function shuffled(numbers: Int32Array, draw: Draw): Int32Array {
  const made = numbers.slice();
  for (let i = made.length - 1; i > 0; i--) {
    const j = Math.floor(draw() * (i + 1));
    [made[i], made[j]] = [made[j]!, made[i]!];
  }
  return made;
}

/** Images that train, and those that are held out. */
export interface Halves {
  training: Int32Array;
  heldOut: Int32Array;
}

const trainingShare = 0.8;

/** How many of so many images train. */
export const trainingImages = (count: number): number => Math.round(trainingShare * count);

/** Splits `count` images by chance, 80 to 20. */
export function split(count: number, draw: Draw): Halves {
  const order = shuffled(
    Int32Array.from({ length: count }, (_, i) => i),
    draw,
  );
  const training = trainingImages(count);
  return { training: order.subarray(0, training), heldOut: order.subarray(training) };
}

/** Which of `count` numbers in a row are a share of `of`, a power of two: a half, or a half of a half. */
export function shareOf(count: number, place: number, of: number): readonly [start: number, stop: number] {
  if (of === 1) return [0, count];
  const [middle, half] = [Math.ceil(count / 2), of / 2];
  if (place < half) return shareOf(middle, place, half);
  const [start, stop] = shareOf(count - middle, place - half, half);
  return [middle + start, middle + stop];
}

/** Batches of images without end: those of one epoch after the other, each in a new order. */
export function* batches(
  images: Int32Array,
  size: number,
  draw: Draw,
  short: 'kept' | 'skipped',
): Generator<Int32Array> {
  const whole = Math.floor(images.length / size) * size;
  const stop = short === 'kept' ? images.length : whole;
  while (stop > 0) {
    const order = shuffled(images, draw);
    for (let start = 0; start < stop; start += size) yield order.subarray(start, Math.min(start + size, stop));
  }
}
