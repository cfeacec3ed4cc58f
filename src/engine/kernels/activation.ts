import * as tf from '@tensorflow/tfjs-core';
import type { ActivationName } from '../../models/layers/activation.ts';

/** What each activation computes, element by element (softmax and log_softmax: along the last axis). */
export const activations: Record<ActivationName, (x: tf.Tensor) => tf.Tensor> = {
  linear: (x) => x,
  relu: tf.relu,
  relu6: tf.relu6,
  elu: tf.elu,
  selu: tf.selu,
  gelu: (x) => tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1)),
  sigmoid,
  hard_sigmoid: (x) => tf.div(tf.relu6(tf.add(x, 3)), 6),
  hard_sigmoid_keras2: (x) => tf.clipByValue(tf.add(tf.mul(x, 0.2), 0.5), 0, 1),
  tanh,
  softmax: (x) => tf.softmax(x),
  softplus,
  softsign: (x) => tf.div(x, tf.add(tf.abs(x), 1)),
  swish: (x) => tf.mul(x, tf.sigmoid(x)),
  silu: (x) => tf.mul(x, tf.sigmoid(x)),
  exponential: tf.exp,
  mish: (x) => tf.mul(x, tf.tanh(softplus(x))),
  hard_silu: (x) => tf.mul(x, tf.div(tf.relu6(tf.add(x, 3)), 6)),
  log_softmax: (x) => tf.logSoftmax(x),
  squareplus: (x) => tf.div(tf.add(x, tf.sqrt(tf.add(tf.mul(x, x), 4))), 2),
};

/** On TensorFlow its own operations are what the others follow. */
export const onTensorflow = (): boolean => tf.getBackend() === 'tensorflow';

/** The first float32 at which TensorFlow's sigmoid, and its tanh, are exactly 1. Source: Eigen, `scalar_logistic_op` and `ptanh_float`. */
const sigmoidIsOne = 16.6355324,
  tanhIsOne = 7.90738964;

/** e^x / (1 + e^x), rounded as TensorFlow rounds it: scores that tie there tie here, and the first of them is the class. */
function sigmoid(x: tf.Tensor): tf.Tensor {
  if (onTensorflow()) return tf.sigmoid(x);
  const e = tf.exp(tf.minimum(x, sigmoidIsOne));
  return tf.where(tf.less(x, sigmoidIsOne), tf.div(e, tf.add(e, 1)), tf.onesLike(x));
}

/** x p(x^2) / q(x^2), TensorFlow's approximation, bit for bit. Coefficients from the constant up; source: Eigen, `ptanh_float`. */
function tanh(input: tf.Tensor): tf.Tensor {
  if (onTensorflow()) return tf.tanh(input);
  const x = tf.clipByValue(input, -tanhIsOne, tanhIsOne);
  const square = tf.mul(x, x);
  const polynomial = (coefficients: number[]): tf.Tensor =>
    coefficients.reduceRight<tf.Tensor>((sum, c) => tf.add(tf.mul(sum, square), c), tf.zerosLike(x));
  const p = polynomial([1.3402161e-1, 3.520756727e-3, 2.10273356e-5, 1.394553628e-8]);
  const q = polynomial([1, 4.67354834e-1, 2.597254514e-2, 3.326951409e-4, 8.015776984e-7]);
  return tf.div(tf.add(tf.mul(tf.mul(square, x), p), x), q);
}

/** log(1 + e^x), written so that large x does not overflow. */
function softplus(x: tf.Tensor): tf.Tensor {
  return tf.add(tf.relu(x), tf.log(tf.add(tf.exp(tf.neg(tf.abs(x))), 1)));
}

export interface ReluOptions {
  max_value: number | null;
  negative_slope: number;
  threshold: number;
}

/** Keras's ReLU: max_value above it, x between threshold and it, negative_slope * (x - threshold) up to the threshold itself. */
export function relu(x: tf.Tensor, { max_value, negative_slope, threshold }: ReluOptions): tf.Tensor {
  if (threshold === 0 && negative_slope === 0 && max_value !== null && max_value > 0)
    return tf.clipByValue(x, 0, max_value);
  const above = tf.greater(x, threshold);
  const below = negative_slope === 0 ? tf.zerosLike(x) : tf.mul(tf.sub(x, threshold), negative_slope);
  const y = threshold === 0 && negative_slope === 0 ? tf.relu(x) : tf.where(above, x, below);
  return max_value === null ? y : tf.minimum(y, max_value);
}

/** x above 0, alpha * (e^x - 1) below. */
export function elu(x: tf.Tensor, alpha: number): tf.Tensor {
  return alpha === 1 ? tf.elu(x) : tf.where(tf.greater(x, 0), x, tf.mul(tf.elu(x), alpha));
}
