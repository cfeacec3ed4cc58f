import * as tf from '@tensorflow/tfjs-core';
import type { ActivationName } from '../../models/layers/activation.ts';
import { concatenationAxis } from '../../models/layers/merging.ts';
import { trainingOnly } from '../../models/layers/regularization.ts';
import type { Shape } from '../../models/net.ts';
import { activations, elu, relu } from './activation.ts';
import {
  conv2d,
  conv2dTranspose,
  depthwiseConv2d,
  fusedActivation,
  remainingActivation,
  type WindowOptions,
} from './convolution.ts';

export type Weights = Record<string, tf.Tensor>;
// The options were parsed against the layer's schema when the model was read.
type Options = any; // eslint-disable-line @typescript-eslint/no-explicit-any
type Kernel = (inputs: tf.Tensor[], options: Options, weights: Weights, shape: Shape) => tf.Tensor;

const plain: Omit<WindowOptions, 'activation'> = { strides: [1, 1], padding: 'valid', dilation_rate: [1, 1] };
const identity: Kernel = ([x]) => x!;

/** x [..., c] with kernel [c, units]. */
function dense(x: tf.Tensor, kernel: tf.Tensor, bias: tf.Tensor | undefined, activation: ActivationName): tf.Tensor {
  const units = kernel.shape[1]!;
  const rows = tf.reshape<tf.Rank.R2>(x, [-1, kernel.shape[0]]);
  const y = tf.fused.matMul({ a: rows, b: kernel, bias, activation: fusedActivation(activation) });
  return remainingActivation(activation)(tf.reshape(y, [...x.shape.slice(0, -1), units]));
}

function batchNormalization(x: tf.Tensor, epsilon: number, w: Weights): tf.Tensor {
  return tf.batchNorm(x, w['moving_mean']!, w['moving_variance']!, w['beta'], w['gamma'], epsilon);
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

const merge =
  (join: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor): Kernel =>
  (inputs) =>
    inputs.reduce((a, b) => join(a, b));
const globalPool =
  (pool: (x: tf.Tensor, axes: number[], keep?: boolean) => tf.Tensor, axes: number[]): Kernel =>
  ([x], o) =>
    pool(x!, axes, o.keepdims);
const expand = (margin: number[][]): [number, number][] => [[0, 0], ...(margin as [number, number][]), [0, 0]];

/** What each layer class computes. Inputs and output carry the batch axis first; `shape` is the output's without it. */
export const kernels: Record<string, Kernel> = {
  Conv2D: ([x], o, w) => conv2d(x!, w['kernel']!, w['bias'], o),
  DepthwiseConv2D: ([x], o, w) => depthwiseConv2d(x!, w['depthwise_kernel']!, w['bias'], o),
  SeparableConv2D: ([x], o, w) => {
    const spatial = depthwiseConv2d(x!, w['depthwise_kernel']!, undefined, { ...o, activation: 'linear' });
    return conv2d(spatial, w['pointwise_kernel']!, w['bias'], { ...plain, groups: 1, activation: o.activation });
  },
  Conv2DTranspose: ([x], o, w, shape) => conv2dTranspose(x!, w['kernel']!, w['bias'], o, shape),
  Dense: ([x], o, w) => dense(x!, w['kernel']!, w['bias'], o.activation),
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
  MaxPooling2D: ([x], o) => tf.maxPool(x! as tf.Tensor4D, o.pool_size, o.strides, o.padding),
  AveragePooling2D: ([x], o) => tf.avgPool(x! as tf.Tensor4D, o.pool_size, o.strides, o.padding),
  GlobalMaxPooling2D: globalPool(tf.max, [1, 2]),
  GlobalAveragePooling2D: globalPool(tf.mean, [1, 2]),
  GlobalMaxPooling1D: globalPool(tf.max, [1]),
  GlobalAveragePooling1D: globalPool(tf.mean, [1]),
  Flatten: ([x], _, __, shape) => tf.reshape(x!, [x!.shape[0], ...shape]),
  Reshape: ([x], _, __, shape) => tf.reshape(x!, [x!.shape[0], ...shape]),
  ZeroPadding2D: ([x], o) => tf.pad(x!, expand(o.padding)),
  Cropping2D: ([x], o, _, shape) => tf.slice(x!, [0, o.cropping[0][0], o.cropping[1][0], 0], [-1, ...shape]),
  UpSampling2D: ([x], o, _, shape) => upSample(x!, o.size, shape),
  Add: merge(tf.add),
  Multiply: merge(tf.mul),
  Subtract: merge(tf.sub),
  Maximum: merge(tf.maximum),
  Minimum: merge(tf.minimum),
  Average: (inputs) =>
    tf.div(
      inputs.reduce((a, b) => tf.add(a, b)),
      inputs.length,
    ),
  Concatenate: (inputs, o) => tf.concat(inputs, concatenationAxis(o.axis, inputs[0]!.rank - 1) + 1),
  ...Object.fromEntries([...trainingOnly].map((name) => [name, identity])),
};
