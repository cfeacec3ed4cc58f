import * as tf from '@tensorflow/tfjs-core';
import type { ActivationName } from '../../models/layers/activation.ts';
import { activations, type ReluOptions } from './activation.ts';
import { passBetween } from './gradients.ts';

/** The gradient of what an activation was given: dy is that of its answer y to x. At a kink it is TensorFlow's. */
export type ActivationGradient = (dy: tf.Tensor, x: tf.Tensor, y: tf.Tensor) => tf.Tensor;

const square = (x: tf.Tensor): tf.Tensor => tf.mul(x, x);
/** 1 - x */
const rest = (x: tf.Tensor): tf.Tensor => tf.sub(1, x);
/** dy where x lies in the range, ends included. */
const passWithin = (dy: tf.Tensor, x: tf.Tensor, least: number, most: number): tf.Tensor =>
  tf.where(tf.logicalAnd(tf.greaterEqual(x, least), tf.lessEqual(x, most)), dy, tf.zerosLike(dy));

/** The scale of SELU, and its product with the factor below 0. Source: Klambauer et al. 2017. */
const seluScale = 1.0507009873554805,
  seluScaleAlpha = 1.7580993408473766;

function swish(dy: tf.Tensor, x: tf.Tensor): tf.Tensor {
  const s = tf.sigmoid(x);
  return tf.mul(dy, tf.mul(s, tf.add(tf.mul(x, rest(s)), 1)));
}

/** y * (dy - sum of dy * y) along the last axis. */
export const softmaxGradient = (dy: tf.Tensor, y: tf.Tensor): tf.Tensor =>
  tf.mul(y, tf.sub(dy, tf.sum(tf.mul(dy, y), -1, true)));

export const activationGradients: Record<ActivationName, ActivationGradient> = {
  linear: (dy) => dy,
  relu: (dy, _, y) => passBetween(dy, y, 0, Infinity),
  relu6: (dy, _, y) => passBetween(dy, y, 0, 6),
  elu: (dy, _, y) => tf.where(tf.less(y, 0), tf.mul(dy, tf.add(y, 1)), dy),
  selu: (dy, _, y) => tf.mul(dy, tf.where(tf.less(y, 0), tf.add(y, seluScaleAlpha), tf.fill(y.shape, seluScale))),
  gelu: (dy, x) => {
    const share = tf.mul(tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1), 0.5);
    const density = tf.mul(tf.exp(tf.mul(square(x), -0.5)), 1 / Math.sqrt(2 * Math.PI));
    return tf.mul(dy, tf.add(share, tf.mul(x, density)));
  },
  sigmoid: (dy, _, y) => tf.mul(dy, tf.mul(y, rest(y))),
  hard_sigmoid: (dy, x) => tf.div(passBetween(dy, x, -3, 3), 6),
  hard_sigmoid_keras2: (dy, x) => tf.mul(passWithin(dy, x, -2.5, 2.5), 0.2),
  tanh: (dy, _, y) => tf.mul(dy, rest(square(y))),
  softmax: (dy, _, y) => softmaxGradient(dy, y),
  softplus: (dy, x) => tf.mul(dy, tf.sigmoid(x)),
  softsign: (dy, x) => tf.div(dy, square(tf.add(tf.abs(x), 1))),
  swish,
  silu: swish,
  exponential: (dy, _, y) => tf.mul(dy, y),
  mish: (dy, x) => {
    const t = tf.tanh(activations.softplus(x));
    return tf.mul(dy, tf.add(t, tf.mul(tf.mul(x, rest(square(t))), tf.sigmoid(x))));
  },
  hard_silu: (dy, x) => {
    const inside = tf.mul(passBetween(dy, x, -3, 3), x);
    return tf.div(tf.add(tf.mul(dy, tf.relu6(tf.add(x, 3))), inside), 6);
  },
  log_softmax: (dy, _, y) => tf.sub(dy, tf.mul(tf.exp(y), tf.sum(dy, -1, true))),
  squareplus: (dy, x) => tf.mul(tf.mul(dy, 0.5), tf.add(tf.div(x, tf.sqrt(tf.add(square(x), 4))), 1)),
};

/** The gradient through a ReLU layer: 1 above threshold, negative_slope up to it, 0 where max_value is reached. */
export function reluGradient(
  dy: tf.Tensor,
  x: tf.Tensor,
  y: tf.Tensor,
  { max_value, negative_slope, threshold }: ReluOptions,
): tf.Tensor {
  const above = passBetween(dy, x, threshold, Infinity);
  const through = negative_slope === 0 ? above : tf.where(tf.greater(x, threshold), above, tf.mul(dy, negative_slope));
  return max_value === null ? through : passBetween(through, y, -Infinity, max_value);
}

/** The gradient through ELU: 1 above 0, alpha * e^x below. */
export const eluGradient = (dy: tf.Tensor, x: tf.Tensor, alpha: number): tf.Tensor =>
  tf.where(tf.greater(x, 0), dy, tf.mul(dy, tf.mul(tf.exp(tf.minimum(x, 0)), alpha)));
