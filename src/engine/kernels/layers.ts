import * as tf from '@tensorflow/tfjs-core';
import type { ActivationName } from '../../models/layers/activation.ts';
import { concatenationAxis, dotAxes } from '../../models/layers/merging.ts';
import { trainingOnly } from '../../models/layers/regularization.ts';
import type { Layer, Shape } from '../../models/net.ts';
import { activations, elu, onTensorflow, relu } from './activation.ts';
import { alone, conv2d, conv2dTranspose, dense, depthwiseConv2d } from './convolution.ts';
import { meanOf, normalize, packed } from './products.ts';

export type Weights = Record<string, tf.Tensor>;
// The options were parsed against the layer's schema when the model was read.
type Options = any; // eslint-disable-line @typescript-eslint/no-explicit-any
type Kernel = (inputs: tf.Tensor[], options: Options, weights: Weights, shape: Shape) => tf.Tensor;

const identity: Kernel = ([x]) => x!;

function batchNormalization(
  x: tf.Tensor,
  epsilon: number,
  { moving_mean: mean, moving_variance: variance, beta, gamma }: Weights,
): tf.Tensor {
  if (onTensorflow()) return tf.batchNorm(x, mean!, variance!, beta, gamma, epsilon);
  const root = tf.rsqrt(tf.add(variance!, epsilon));
  return normalize(x, mean!, gamma ? tf.mul(root, gamma) : root, beta ?? tf.zerosLike(mean!));
}

/** The mean over `axes` of x [n, ..., c], which are all but the first and the last. */
function mean(x: tf.Tensor, axes: number[], keep?: boolean): tf.Tensor {
  if (onTensorflow()) return tf.mean(x, axes, keep);
  return tf.reshape(meanOf(x), [x.shape[0], ...(keep ? axes.map(() => 1) : []), x.shape.at(-1)!]);
}

/** x [n, h, w, c] to [n, h * rows, w * columns, c], each position repeated. The engine's resizing picks positions by division in float32 and takes a wrong one now and then. */
function upSample(x: tf.Tensor, [rows, columns]: [number, number], shape: Shape): tf.Tensor {
  const [images, height, width, channels] = x.shape as [number, number, number, number];
  const down = tf.mul(tf.reshape(x, [images * height, 1, width * channels]), tf.ones([1, rows, 1]));
  const across = tf.mul(tf.reshape(down, [images * height * rows * width, 1, channels]), tf.ones([1, columns, 1]));
  return tf.reshape(across, [images, ...shape]);
}

/** Keras's `backend.epsilon()`: what Normalization divides by at least. */
const smallestDeviation = 1e-7;

/** The largest factor that makes vectors close to 0 longer. Source: `normalize` in keras/src/ops/nn.py. */
export const longest = 1e7;

/** The vectors along `axis` made of length 1. */
export function unitVectors(x: tf.Tensor, axis: number): tf.Tensor {
  return tf.mul(x, tf.minimum(tf.rsqrt(tf.sum(tf.mul(x, x), axis, true)), longest));
}

/** x [n, a, k] with y [n, b, k] to [n, a, b], where k is the axis of `axes`; a vector has neither a nor b. */
function dot(inputs: tf.Tensor[], axes: number | number[], normalize: boolean, shape: Shape): tf.Tensor {
  const along = dotAxes(
    axes,
    inputs.map(({ rank }) => rank - 1),
  );
  const [x, y] = inputs.map((input, i) => {
    const vectors = normalize ? unitVectors(input, along[i]! + 1) : input;
    if (input.rank === 2) return tf.expandDims(vectors, 1);
    return along[i] === 1 ? vectors : tf.transpose(vectors, [0, 2, 1]);
  });
  return tf.reshape(tf.matMul(x!, y!, false, true), [x!.shape[0], ...shape]);
}

const merge =
  (join: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor): Kernel =>
  (inputs) =>
    inputs.reduce((a, b) => join(a, b));
const globalPool =
  (pool: (x: tf.Tensor, axes: number[], keep?: boolean) => tf.Tensor, axes: number[]): Kernel =>
  ([x], o) =>
    pool(x!, axes, o.keepdims);
const paddingOf = ({ padding, margins }: Options): Parameters<typeof tf.maxPool>[3] =>
  margins === undefined ? (padding as 'valid' | 'same') : (expand(margins as number[][]) as ExplicitPadding);
type ExplicitPadding = Extract<Parameters<typeof tf.maxPool>[3], unknown[]>;
const expand = (margin: number[][]): [number, number][] => [[0, 0], ...(margin as [number, number][]), [0, 0]];

/** The weight of a layer that products take packed. */
const multiplied: Partial<Record<string, string>> = {
  Conv2D: 'kernel',
  SeparableConv2D: 'pointwise_kernel',
  Dense: 'kernel',
};

/** Weights as the kernels compute with them fastest: once for a net, in place of once for each call. */
export function forKernels({ className, options }: Pick<Layer, 'className' | 'options'>, weights: Weights): Weights {
  const name = multiplied[className];
  if (name === undefined || onTensorflow()) return weights;
  return { ...weights, [name]: packed(weights[name]!, className === 'Conv2D' ? (options['groups'] as number) : 1) };
}

/** What each layer class computes. Inputs and output carry the batch axis first; `shape` is the output's without it. */
export const kernels: Record<string, Kernel> = {
  Conv2D: ([x], o, w, shape) => conv2d(x!, w['kernel']!, w['bias'], o, shape),
  DepthwiseConv2D: ([x], o, w, shape) => depthwiseConv2d(x!, w['depthwise_kernel']!, w['bias'], o, shape),
  SeparableConv2D: ([x], o, w, shape) => {
    const spatial = depthwiseConv2d(x!, w['depthwise_kernel']!, undefined, { ...o, activation: 'linear' }, shape);
    return conv2d(spatial, w['pointwise_kernel']!, w['bias'], { ...alone, groups: 1, activation: o.activation }, shape);
  },
  Conv2DTranspose: ([x], o, w, shape) => conv2dTranspose(x!, w['kernel']!, w['bias'], o, shape),
  Dense: ([x], o, w, shape) => dense(x!, w['kernel']!, w['bias'], o.activation, shape),
  BatchNormalization: ([x], o, w) => batchNormalization(x!, o.epsilon, w),
  Normalization: ([x], o, w) =>
    tf.div(
      tf.sub(x!, w['mean'] ?? o.mean),
      tf.maximum(tf.sqrt(w['variance'] ?? tf.tensor(o.variance)), smallestDeviation),
    ),
  Rescaling: ([x], o) => tf.add(tf.mul(x!, o.scale), o.offset),
  Activation: ([x], o) => activations[o.activation as ActivationName](x!),
  ReLU: ([x], o) => relu(x!, o),
  LeakyReLU: ([x], o) => tf.leakyRelu(x!, o.alpha),
  ELU: ([x], o) => elu(x!, o.alpha),
  PReLU: ([x], _, w) => tf.sub(tf.relu(x!), tf.mul(w['alpha']!, tf.relu(tf.neg(x!)))),
  Softmax: ([x]) => tf.softmax(x!),
  MaxPooling2D: ([x], o) => tf.maxPool(x! as tf.Tensor4D, o.pool_size, o.strides, paddingOf(o)),
  AveragePooling2D: ([x], o) => tf.avgPool(x! as tf.Tensor4D, o.pool_size, o.strides, paddingOf(o)),
  GlobalMaxPooling2D: globalPool(tf.max, [1, 2]),
  GlobalAveragePooling2D: globalPool(mean, [1, 2]),
  GlobalMaxPooling1D: globalPool(tf.max, [1]),
  GlobalAveragePooling1D: globalPool(mean, [1]),
  Flatten: ([x], _, __, shape) => tf.reshape(x!, [x!.shape[0], ...shape]),
  Reshape: ([x], _, __, shape) => tf.reshape(x!, [x!.shape[0], ...shape]),
  PickedChannels: ([x], o) => tf.gather(x!, tf.tensor1d(o.channels, 'int32'), x!.rank - 1),
  ZeroPadding2D: ([x], o) => tf.pad(x!, expand(o.padding)),
  Cropping2D: ([x], o, _, shape) => tf.slice(x!, [0, o.cropping[0][0], o.cropping[1][0], 0], [-1, ...shape]),
  UpSampling2D: ([x], o, _, shape) => upSample(x!, o.size, shape),
  Add: merge(tf.add),
  Multiply: merge(tf.mul),
  Subtract: merge(tf.sub),
  Divide: (inputs, o) => (inputs.length === 1 ? tf.div(o.numerator, inputs[0]!) : merge(tf.div)(inputs, o, {}, [])),
  Maximum: merge(tf.maximum),
  Minimum: merge(tf.minimum),
  Dot: (inputs, o, _, shape) => dot(inputs, o.axes, o.normalize, shape),
  Average: (inputs) =>
    tf.div(
      inputs.reduce((a, b) => tf.add(a, b)),
      inputs.length,
    ),
  Concatenate: (inputs, o) => tf.concat(inputs, concatenationAxis(o.axis, inputs[0]!.rank - 1) + 1),
  ...Object.fromEntries([...trainingOnly].map((name) => [name, identity])),
};
