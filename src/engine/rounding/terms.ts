import * as tf from '@tensorflow/tfjs-core';
import type { Call, Layer, Model } from '../../models/net.ts';
import type { ActivationName } from '../../models/layers/activation.ts';
import type { ReluOptions } from '../kernels/activation.ts';
import { clamped } from '../kernels/convolution.ts';
import { leastSize, sizesOf } from '../kernels/errors.ts';
import type { Weights } from '../kernels/layers.ts';
import { windowOf } from '../kernels/products.ts';

/** Activations that libraries approximate each in its own way. */
const approximated = new Set([
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
  'log_softmax',
  'squareplus',
]);

/** Activations that libraries compute from terms of about 1, such as e^x - 1, or that multiply their input by a difference of such. */
const nearOne: ReadonlySet<unknown> = new Set(['elu', 'selu', 'softplus', 'sigmoid', 'log_softmax', 'ELU']);
const timesInput: ReadonlySet<unknown> = new Set(['gelu', 'mish', 'swish', 'silu', 'hard_silu']);

/** Activations whose answers, far from 0, are differences of larger terms: as scores, too, libraries tell them apart otherwise. */
export const cancels = (activation: string): boolean =>
  /^(elu|selu|softplus|gelu|mish|log_softmax|squareplus)$/i.test(activation);

/** What an ELU and a SELU multiply e^x - 1 by. */
const steepness = ({ className, options }: Layer): number => {
  if (className === 'ELU') return Math.max(1, Math.abs(options['alpha'] as number));
  return options['activation'] === 'selu' ? 1.76 : 1;
};

/** The sizes of the terms that an approximated answer `y` of a layer to `x` is computed from: where they cancel, libraries answer otherwise. */
export function termsOf(activation: unknown, x: tf.Tensor, y: tf.Tensor, layer: Layer | null): tf.Tensor {
  if (nearOne.has(activation)) return tf.add(tf.abs(y), layer === null ? 1 : steepness(layer));
  if (activation === 'squareplus') return tf.add(tf.abs(x), 2);
  return timesInput.has(activation) ? tf.abs(x) : tf.abs(y);
}

/** Where activations that fall and rise turn. The others turn nowhere, or at their threshold. */
const turns: Readonly<Record<string, number>> = {
  swish: -1.2784645,
  silu: -1.2784645,
  gelu: -0.7517916,
  mish: -1.1924395,
  hard_silu: -1.5,
};

export const turnOf = ({ options }: Layer): number =>
  turns[options['activation'] as string] ?? (options['threshold'] as number | undefined) ?? 0;

/** What a layer clamps its numbers to, if it does that alone, behind its sums. */
export function clampOf({ className, options }: Layer): readonly [least: number, most: number] | null {
  if (className !== 'ReLU') return clamped[options['activation'] as ActivationName] ?? null;
  const { threshold, negative_slope: slope, max_value: most } = options as unknown as ReluOptions;
  if (threshold !== 0 || slope !== 0 || (most !== null && !(most > 0))) return null;
  return [0, most ?? Infinity];
}

/** Where a layer breaks that answers each number by straight lines; null of all other layers. */
export function kinksOf({ className, options }: Layer): number[] | null {
  const { threshold = 0, max_value: most } = options as { threshold?: number; max_value?: number | null };
  if (className === 'LeakyReLU') return [0];
  if (className === 'ReLU') return [threshold, ...(typeof most === 'number' && most > 0 ? [most] : [])];
  return lines[options['activation'] as string] ?? null;
}

const lines: Readonly<Record<string, number[]>> = {
  relu: [0],
  relu6: [0, 6],
  hard_sigmoid: [-3, 3],
  hard_sigmoid_keras2: [-2.5, 2.5],
};

export const approximates = ({ className, options }: Layer): boolean =>
  className === 'Softmax' || className === 'ELU' || approximated.has(options['activation'] as string);

/**
 * Weights that make each term as large as it is; a mean is taken away, so its size is added by a negative one. One of
 * the smallest numbers, which may be lost, is told as a larger one.
 */
export function absolute(weights: Weights): Weights {
  return Object.fromEntries(
    Object.entries(weights).map(([name, w]) => {
      const sizes = name === 'moving_variance' || name === 'variance' ? w : sizeOf(name, weights);
      return [name, name === 'moving_mean' || name === 'mean' ? tf.neg(sizes) : sizes];
    }),
  );
}

/** What is multiplied with `gamma` before it meets an image's numbers may make it smaller. */
function sizeOf(name: string, { [name]: weight, moving_variance: variance }: Weights): tf.Tensor {
  const size = sizesOf(weight!);
  if (name !== 'gamma') return size;
  const least = tf.mul(tf.sqrt(variance!), leastSize);
  return tf.mul(tf.maximum(size, least), tf.cast(tf.greater(size, 0), 'float32'));
}

/** The same for numbers that stand in the options. */
export function optionSizes({ scale, offset, mean }: Record<string, unknown>): Record<string, unknown> {
  const each = (value: unknown, of: (x: number) => number): unknown =>
    Array.isArray(value) ? value.map((inner) => each(inner, of)) : typeof value === 'number' ? of(value) : value;
  return { scale: each(scale, Math.abs), offset: each(offset, Math.abs), mean: each(mean, (x) => -Math.abs(x)) };
}

/** How many terms are added up for one number of a layer's answer. */
export function termsIn({ layer: { className, options } }: Call, given: tf.Tensor[], weights: Weights): number {
  const count = (sides: number[]): number => sides.reduce((a, b) => a * b, 1);
  const kernel = weights['kernel'] ?? weights['depthwise_kernel'];
  if (kernel !== undefined) {
    const { groups = 1 } = options as { groups?: number };
    return 1 + count(windowOf(kernel)) * (className === 'DepthwiseConv2D' ? 1 : given[0]!.shape.at(-1)! / groups);
  }
  if (className === 'AveragePooling2D') return count(options['pool_size'] as number[]);
  if (className.startsWith('GlobalAverage')) return count(given[0]!.shape.slice(1, -1));
  return given.length;
}

/** What all Rescaling layers of a net may multiply a number by. */
export const growthIn = ({ calls }: Model): number =>
  calls
    .filter(({ layer }) => layer.className === 'Rescaling')
    .map(({ layer }) =>
      Math.max(1, ...([layer.options['scale']].flat(Infinity) as number[]).map((factor) => Math.abs(factor))),
    )
    .reduce((a, b) => a * b, 1);

/** Whether a layer multiplies single numbers by powers of two, and does nothing else. */
export const isExact = ({ className, weights }: Layer): boolean =>
  className === 'Dense' &&
  weights.every(
    ({ name, shape, values }) =>
      name === 'kernel' &&
      shape[0] === 1 &&
      [...values].every((value) => value === 0 || Number.isInteger(Math.log2(Math.abs(value)))),
  );

/** Constants that a layer adds to its sum. */
const constants = new Set(['bias', 'beta', 'mean', 'moving_mean']);

export function constantsZero(weights: Weights): Weights {
  return Object.fromEntries(
    Object.entries(weights).map(([name, w]) => [name, constants.has(name) ? tf.zerosLike(w) : w]),
  );
}

/** The same for numbers that stand in the options. */
export function withoutConstants({ offset, mean }: Record<string, unknown>): Record<string, unknown> {
  return {
    ...(offset === undefined ? {} : { offset: 0 }),
    ...(mean === undefined || mean === null ? {} : { mean: 0 }),
  };
}
