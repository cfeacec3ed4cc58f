import * as tf from '@tensorflow/tfjs-core';
import { generator } from '../data/stratify.ts';
import type { Call, Layer } from '../keras/model.ts';
import type { Computing } from './graph.ts';
import { activations } from './kernels/activation.ts';
import { kernels, type Weights } from './kernels/layers.ts';

/** Layers whose every answer is a sum of terms that other machines add in another order, or round otherwise. */
const sums = new Set([
  'Conv2D',
  'DepthwiseConv2D',
  'SeparableConv2D',
  'Conv2DTranspose',
  'Dense',
  'BatchNormalization',
  'Normalization',
  'Rescaling',
  'AveragePooling2D',
  'GlobalAveragePooling2D',
  'GlobalAveragePooling1D',
  'Average',
  'Multiply',
]);

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
]);

/** How far an answer is moved at most, as a share of the sum of its terms' sizes: by one of these for each image, in turn. */
const shares = [2 ** -14, 2 ** -17, 2 ** -20, 2 ** -23];

/** Below the largest float32: an answer that overflowed stays what it is. */
const largest = 3e38;

/**
 * Computes layers of a net with their rounding stirred. Every float32 sum, in whatever order, is the exact one up to a small share of the sum of its
 * terms' sizes; here each is moved by a random amount of that kind. Zeros stay zeros. The same images are moved alike, whatever batch they come in.
 * Source of the bound: N. J. Higham, "Accuracy and Stability of Numerical Algorithms", 4.2.
 */
export class Stir implements Computing {
  private draws = 0;

  /** `first` is the number of the batch's first image, `output` the call that yields the scores. */
  constructor(
    private readonly first: number,
    private readonly output: string,
  ) {}

  /** What `call` answers, stirred. */
  compute({ id, layer, shape }: Call, given: tf.Tensor[], weights: Weights): tf.Tensor {
    const { className, options } = layer;
    const kernel = kernels[className]!;
    if (!adds(layer, given)) {
      const y = kernel(given, options, weights, shape);
      return approximates(layer) && id !== this.output
        ? this.moved(y, termsOf(className === 'Activation' ? options['activation'] : className, given[0]!, y))
        : y;
    }
    const linear = { ...options, activation: 'linear' };
    const sizes = kernel(
      given.map((x) => tf.abs(x)),
      { ...linear, ...sizesOf(options) },
      absolute(weights),
      shape,
    );
    const y = this.moved(kernel(given, linear, weights, shape), sizes);
    const activation = options['activation'] as keyof typeof activations | undefined;
    if (activation === undefined) return y;
    const active = activations[activation](y);
    return approximated.has(activation) && id !== this.output
      ? this.moved(active, termsOf(activation, y, active))
      : active;
  }

  /** y, each element moved by a random share of `sizes`. */
  private moved(y: tf.Tensor, sizes: tf.Tensor): tf.Tensor {
    return tf.add(y, tf.mul(this.noise(y.shape), tf.minimum(sizes, largest)));
  }

  private noise(shape: number[]): tf.Tensor {
    const draw = this.draws++;
    const size = shape.slice(1).reduce((a, b) => a * b, 1);
    const values = new Float32Array(shape[0]! * size);
    for (let row = 0; row < shape[0]!; row++) {
      const image = this.first + row;
      const next = generator(Math.imul(image + 1, 0x9e3779b1) ^ Math.imul(draw + 1, 0x85ebca6b));
      const share = shares[image % shares.length]!;
      for (let i = row * size; i < (row + 1) * size; i++) values[i] = (2 * next() - 1) * share;
    }
    return tf.tensor(values, shape);
  }
}

/** Activations that libraries compute from terms of about 1, such as e^x - 1, or that multiply their input by a difference of such. */
const nearOne: ReadonlySet<unknown> = new Set(['elu', 'selu', 'softplus', 'sigmoid', 'ELU']);
const timesInput: ReadonlySet<unknown> = new Set(['gelu', 'mish', 'swish', 'silu']);

/** The sizes of the terms that an approximated answer `y` to `x` is computed from: where they cancel, libraries answer otherwise. */
function termsOf(activation: unknown, x: tf.Tensor, y: tf.Tensor): tf.Tensor {
  if (nearOne.has(activation)) return tf.add(tf.abs(y), 1);
  return timesInput.has(activation) ? tf.abs(x) : tf.abs(y);
}

/** Whether a layer adds up more than one term. */
function adds({ className, options, weights }: Layer, given: readonly tf.Tensor[]): boolean {
  if (className === 'Add') return given.length > 2;
  if (className === 'Dense' && given[0]!.shape.at(-1) === 1) return options['use_bias'] !== false && weights.length > 1;
  return sums.has(className);
}

const approximates = ({ className, options }: Layer): boolean =>
  className === 'Softmax' || className === 'ELU' || approximated.has(options['activation'] as string);

/** Weights that make each term as large as it is; a mean is taken away, so its size is added by a negative one. */
function absolute(weights: Weights): Weights {
  return Object.fromEntries(
    Object.entries(weights).map(([name, w]) => [
      name,
      name === 'moving_mean' || name === 'mean' ? tf.neg(tf.abs(w)) : tf.abs(w),
    ]),
  );
}

/** The same for numbers that stand in the options. */
function sizesOf({ scale, offset, mean }: Record<string, unknown>): Record<string, unknown> {
  const each = (value: unknown, of: (x: number) => number): unknown =>
    Array.isArray(value) ? (value as number[]).map(of) : typeof value === 'number' ? of(value) : value;
  return { scale: each(scale, Math.abs), offset: each(offset, Math.abs), mean: each(mean, (x) => -Math.abs(x)) };
}
