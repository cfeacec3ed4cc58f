import * as tf from '@tensorflow/tfjs-core';
import type { Stream } from './salt.ts';

/**
 * How many errors are followed side by side; in so many of them the numbers of a layer are off alike; and in so many,
 * the last ones, it is followed how far bent answers leave a straight line.
 */
export const worlds = 7,
  alike = 2,
  bent = 3;

/** A number at random from 32 bits. */
export type Chance = (drawn: number) => number;

/** Spread evenly between so far below and above 0 numbers have a mean square of 1. */
export const evenly: Chance = (drawn) => 2 * Math.sqrt(3) * (drawn / 2 ** 32 - 0.5);

const upwards: Chance = () => 1;
const upOrDown: Chance = (drawn) => (drawn < 2 ** 31 ? -1 : 1);

/** Cauchy's distribution of scale 1: however many meet in a sum, it is spread as if each were 1 and none cancelled. */
export const cauchy: Chance = (drawn) => quantiles[drawn >>> quantileShift]!;
const quantileBits = 12,
  quantileShift = 32 - quantileBits;
const quantiles = Float32Array.from({ length: 2 ** quantileBits }, (_, i) =>
  Math.tan(Math.PI * ((i + 0.5) / 2 ** quantileBits - 0.5)),
);

/**
 * How errors arise in the last worlds: those of which it is followed how far a bent answer leaves a straight line, and
 * none where only that is.
 */
export const followed: readonly Chance[] = [upwards, upOrDown, upOrDown],
  untouched: readonly null[] = [null, null, null];

/** Images side by side whose errors are drawn alike, and the stream that draws them. */
export interface Drawn {
  images: number;
  next: Stream;
}

/**
 * Errors [worlds * images, ...] of these `sizes` [images, ...], and those `before`: in the first world all are upwards;
 * in some a layer's are as chance has it for all of them; in the others for each number, in the `last` ones by chances
 * of their own. Alike for all images of a group.
 */
export function signed(
  sizes: tf.Tensor,
  groups: readonly Drawn[],
  chance: Chance,
  before: tf.Tensor | null,
  last: readonly (Chance | null)[] = followed,
): tf.Tensor {
  const [images = 1, ...shape] = sizes.shape;
  const all = sizes.dataSync<'float32'>();
  const errors = before?.dataSync<'float32'>().slice() ?? new Float32Array(worlds * all.length);
  for (let world = 0; world < worlds; world++) {
    const own = world < worlds - bent ? chance : last[world - worlds + bent]!;
    if (own === null) continue;
    add(all, groups, all.length / images, errors.subarray(world * all.length), (next) => {
      const one = world === 0 ? 1 : evenly(next());
      return world < alike ? () => one : () => own(next());
    });
  }
  return tf.tensor(errors, [worlds * images, ...shape]);
}

/**
 * Errors `before`, and in the last worlds these `sizes` [bent * images, ...] up or down for each number, alike for all
 * images of a group.
 */
export function signedLast(sizes: tf.Tensor, groups: readonly Drawn[], chance: Chance, before: tf.Tensor): tf.Tensor {
  const all = sizes.dataSync<'float32'>();
  const errors = before.dataSync<'float32'>().slice();
  const [start, ofWorld] = [errors.length - all.length, all.length / bent];
  for (let at = 0; at < all.length; at += ofWorld)
    add(
      all.subarray(at, at + ofWorld),
      groups,
      all.length / sizes.shape[0],
      errors.subarray(start + at),
      (next) => () => chance(next()),
    );
  return tf.tensor(errors, before.shape);
}

/**
 * Adds sizes of one world to its errors: with a sign for each of the `size` numbers of an image, which is the same for
 * all images of a group.
 */
function add(
  sizes: Float32Array,
  groups: readonly Drawn[],
  size: number,
  errors: Float32Array,
  signsOf: (next: Stream) => () => number,
): void {
  let first = 0;
  for (const { images, next } of groups) {
    const sign = signsOf(next);
    const end = first + images * size;
    for (let i = first; i < first + size; i++) {
      const drawn = sign();
      for (let at = i; at < end; at += size) errors[at] = errors[at]! + drawn * sizes[at]!;
    }
    first = end;
  }
}

/** A tensor [images, ...] for each world. */
export const wide = (tensor: tf.Tensor): tf.Tensor => tf.concat(Array.from({ length: worlds }, () => tensor));

/** The largest errors [images, ...] of all worlds. */
export function largest(errors: tf.Tensor): tf.Tensor {
  const all = errors.dataSync<'float32'>();
  const most = new Float32Array(all.length / worlds);
  for (let from = 0; from < all.length; from += most.length)
    for (let i = 0; i < most.length; i++) {
      const size = Math.abs(all[from + i]!);
      if (size > most[i]!) most[i] = size;
    }
  return tf.tensor(most, [errors.shape[0] / worlds, ...errors.shape.slice(1)]);
}

/** The last worlds of a tensor [worlds * images, ...], in which a bent answer is followed. */
export const lastOf = (tensor: tf.Tensor): tf.Tensor => {
  const rows = (tensor.shape[0] * bent) / worlds;
  return tf.slice(tensor, [tensor.shape[0] - rows], [rows]);
};
