import * as tf from '@tensorflow/tfjs-core';
import type { ActivationName } from '../../keras/layers/activation.ts';
import type { Shape } from '../../keras/layers/spec.ts';
import { activations } from './activation.ts';

type Pair = [number, number];
export interface WindowOptions { strides: Pair; padding: 'valid' | 'same'; dilation_rate: Pair; activation: ActivationName }
interface ConvolutionOptions extends WindowOptions { groups: number }

/** Activations that the engine computes inside a convolution or matrix product. */
export const fusedActivation = (name: ActivationName): 'linear' | 'relu' | 'relu6' => (name === 'relu' || name === 'relu6' ? name : 'linear');
export const remainingActivation = (name: ActivationName) => activations[fusedActivation(name) === name ? 'linear' : name];

/** x [n, h, w, c] with kernel [kh, kw, c / groups, filters]. */
export function conv2d(x: tf.Tensor, kernel: tf.Tensor, bias: tf.Tensor | undefined, o: ConvolutionOptions): tf.Tensor {
  const channels = kernel.shape[2]!;
  const filters = kernel.shape[3]! / o.groups;
  const parts = Array.from({ length: o.groups }, (_, group) => tf.fused.conv2d({
    x: o.groups === 1 ? (x as tf.Tensor4D) : tf.slice(x as tf.Tensor4D, [0, 0, 0, group * channels], [-1, -1, -1, channels]),
    filter: o.groups === 1 ? (kernel as tf.Tensor4D) : tf.slice(kernel as tf.Tensor4D, [0, 0, 0, group * filters], [-1, -1, -1, filters]),
    bias: bias && (o.groups === 1 ? bias : tf.slice(bias, [group * filters], [filters])),
    strides: o.strides,
    pad: o.padding,
    dilations: o.dilation_rate,
    activation: fusedActivation(o.activation),
  }));
  return remainingActivation(o.activation)(parts.length === 1 ? parts[0]! : tf.concat(parts, 3));
}

/** x [n, h, w, c] with kernel [kh, kw, c, multiplier]. */
export function depthwiseConv2d(x: tf.Tensor, kernel: tf.Tensor, bias: tf.Tensor | undefined, o: WindowOptions): tf.Tensor {
  const y = tf.fused.depthwiseConv2d({
    x: x as tf.Tensor4D, filter: kernel as tf.Tensor4D, bias, strides: o.strides, pad: o.padding,
    dilations: o.dilation_rate, activation: fusedActivation(o.activation),
  });
  return remainingActivation(o.activation)(y);
}

/** x [n, h, w, c] with kernel [kh, kw, filters, c], to an output of `shape` without the batch axis. */
export function conv2dTranspose(x: tf.Tensor, kernel: tf.Tensor, bias: tf.Tensor | undefined, o: WindowOptions, shape: Shape): tf.Tensor {
  const size = [x.shape[0], ...shape] as [number, number, number, number];
  const y = tf.conv2dTranspose(x as tf.Tensor4D, kernel as tf.Tensor4D, size, o.strides, o.padding);
  return activations[o.activation](bias ? tf.add(y, bias) : y);
}
