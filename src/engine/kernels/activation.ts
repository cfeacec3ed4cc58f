import * as tf from '@tensorflow/tfjs-core';
import type { ActivationName } from '../../keras/layers/activation.ts';

/** What each activation computes, element by element (softmax: along the last axis). */
export const activations: Record<ActivationName, (x: tf.Tensor) => tf.Tensor> = {
  linear: (x) => x,
  relu: tf.relu,
  relu6: tf.relu6,
  elu: tf.elu,
  selu: tf.selu,
  gelu: (x) => tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1)),
  sigmoid: tf.sigmoid,
  hard_sigmoid: (x) => tf.div(tf.relu6(tf.add(x, 3)), 6),
  hard_sigmoid_keras2: (x) => tf.clipByValue(tf.add(tf.mul(x, 0.2), 0.5), 0, 1),
  tanh: tf.tanh,
  softmax: (x) => tf.softmax(x),
  softplus,
  softsign: (x) => tf.div(x, tf.add(tf.abs(x), 1)),
  swish: (x) => tf.mul(x, tf.sigmoid(x)),
  silu: (x) => tf.mul(x, tf.sigmoid(x)),
  exponential: tf.exp,
  mish: (x) => tf.mul(x, tf.tanh(softplus(x))),
};

/** log(1 + e^x), written so that large x does not overflow. */
function softplus(x: tf.Tensor): tf.Tensor {
  return tf.add(tf.relu(x), tf.log(tf.add(tf.exp(tf.neg(tf.abs(x))), 1)));
}

interface ReluOptions { max_value: number | null; negative_slope: number; threshold: number }

/** Keras's ReLU: max_value above it, x between threshold and it, negative_slope * (x - threshold) below the threshold. */
export function relu(x: tf.Tensor, { max_value, negative_slope, threshold }: ReluOptions): tf.Tensor {
  const above = tf.greaterEqual(x, threshold);
  const below = negative_slope === 0 ? tf.zerosLike(x) : tf.mul(tf.sub(x, threshold), negative_slope);
  const y = threshold === 0 && negative_slope === 0 ? tf.relu(x) : tf.where(above, x, below);
  return max_value === null ? y : tf.minimum(y, max_value);
}

/** x above 0, alpha * (e^x - 1) below. */
export function elu(x: tf.Tensor, alpha: number): tf.Tensor {
  return alpha === 1 ? tf.elu(x) : tf.where(tf.greater(x, 0), x, tf.mul(tf.elu(x), alpha));
}
