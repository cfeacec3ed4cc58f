import * as tf from '@tensorflow/tfjs-core';
import type { Layer } from '../models/keras/model.ts';
import type { Weights } from './kernels/layers.ts';

/** Activations that libraries approximate each in its own way. */
export const approximated = new Set([
  'elu',
  'selu',
  'gelu',
  'sigmoid',
  'tanh',
  'softmax',
  'softplus',
  'softsign',
  'swish',
  'silu',
  'exponential',
  'mish',
]);

/** Activations that libraries compute from terms of about 1, such as e^x - 1, or that multiply their input by a difference of such. */
const nearOne: ReadonlySet<unknown> = new Set(['elu', 'selu', 'softplus', 'sigmoid', 'ELU']);
const timesInput: ReadonlySet<unknown> = new Set(['gelu', 'mish', 'swish', 'silu']);

/** The sizes of the terms that an approximated answer `y` to `x` is computed from: where they cancel, libraries answer otherwise. */
export function termsOf(activation: unknown, x: tf.Tensor, y: tf.Tensor): tf.Tensor {
  if (nearOne.has(activation)) return tf.add(tf.abs(y), 1);
  return timesInput.has(activation) ? tf.abs(x) : tf.abs(y);
}

export const approximates = ({ className, options }: Layer): boolean =>
  className === 'Softmax' || className === 'ELU' || approximated.has(options['activation'] as string);

/**
 * Weights that make each term as large as it is; a mean is taken away, so its size is added by a negative one. Where others may take a weight for 0,
 * being below the smallest normal float32, half a unit in the last place of its term is all of it.
 */
export function absolute(weights: Weights): Weights {
  return Object.fromEntries(
    Object.entries(weights).map(([name, w]) => {
      const sizes = name === 'moving_variance' || name === 'variance' ? w : whole(tf.abs(w), factor(name, weights));
      return [name, name === 'moving_mean' || name === 'mean' ? tf.neg(sizes) : sizes];
    }),
  );
}

/** What is multiplied with a weight before it meets an image's numbers. */
const factor = (name: string, { moving_variance: variance }: Weights): tf.Tensor =>
  name === 'gamma' ? tf.rsqrt(variance!) : tf.scalar(1);

/** `size`, times 2^24 where its product with `by` is a number that flushes to 0. */
const whole = (size: tf.Tensor, by: tf.Tensor): tf.Tensor =>
  tf.where(tf.less(tf.mul(size, tf.minimum(by, 1)), 2 ** -126), tf.mul(size, 2 ** 24), size);

/** The same for numbers that stand in the options. */
export function sizesOf({ scale, offset, mean }: Record<string, unknown>): Record<string, unknown> {
  const each = (value: unknown, of: (x: number) => number): unknown =>
    Array.isArray(value) ? (value as number[]).map(of) : typeof value === 'number' ? of(value) : value;
  return { scale: each(scale, Math.abs), offset: each(offset, Math.abs), mean: each(mean, (x) => -Math.abs(x)) };
}
