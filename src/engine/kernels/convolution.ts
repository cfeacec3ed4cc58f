import * as tf from '@tensorflow/tfjs-core';
import type { ActivationName } from '../../models/layers/activation.ts';
import { margins, type Padding } from '../../models/layers/spec.ts';
import type { Shape } from '../../models/net.ts';
import { activations, onTensorflow } from './activation.ts';

type Pair = [number, number];
export interface WindowOptions {
  strides: Pair;
  padding: Padding;
  dilation_rate: Pair;
  activation: ActivationName;
}
interface ConvolutionOptions extends WindowOptions {
  groups: number;
}

/** Activations that the engine computes inside a convolution or matrix product. */
export const fusedActivation = (name: ActivationName): 'linear' | 'relu' | 'relu6' =>
  name === 'relu' || name === 'relu6' ? name : 'linear';
export const remainingActivation = (name: ActivationName) =>
  activations[fusedActivation(name) === name ? 'linear' : name];

/** `same` in numbers: told by name, the engine reads other positions where strides are so long that the last of them are not read. */
function padOf(
  { shape: [, ...size] }: tf.Tensor,
  kernel: tf.Tensor,
  { strides, padding, dilation_rate }: WindowOptions,
): Padding {
  if (padding === 'valid' || onTensorflow()) return padding;
  const [rows, columns] = [0, 1].map((axis) =>
    margins(size[axis]!, kernel.shape[axis]!, strides[axis]!, padding, dilation_rate[axis]),
  );
  return [[0, 0], rows, columns, [0, 0]] as never; // the declared types leave out what the fused kernels take as well
}

/** x [n, h, w, c] with kernel [kh, kw, c / groups, filters]. */
export function conv2d(x: tf.Tensor, kernel: tf.Tensor, bias: tf.Tensor | undefined, o: ConvolutionOptions): tf.Tensor {
  const channels = kernel.shape[2]!;
  const filters = kernel.shape[3]! / o.groups;
  const parts = Array.from({ length: o.groups }, (_, group) =>
    tf.fused.conv2d({
      x:
        o.groups === 1
          ? (x as tf.Tensor4D)
          : tf.slice(x as tf.Tensor4D, [0, 0, 0, group * channels], [-1, -1, -1, channels]),
      filter:
        o.groups === 1
          ? (kernel as tf.Tensor4D)
          : tf.slice(kernel as tf.Tensor4D, [0, 0, 0, group * filters], [-1, -1, -1, filters]),
      bias: bias && (o.groups === 1 ? bias : tf.slice(bias, [group * filters], [filters])),
      strides: o.strides,
      pad: padOf(x, kernel, o),
      dilations: o.dilation_rate,
      activation: fusedActivation(o.activation),
    }),
  );
  return remainingActivation(o.activation)(parts.length === 1 ? parts[0]! : tf.concat(parts, 3));
}

/** x [n, h, w, c] with kernel [kh, kw, c, multiplier]. */
export function depthwiseConv2d(
  x: tf.Tensor,
  kernel: tf.Tensor,
  bias: tf.Tensor | undefined,
  o: WindowOptions,
): tf.Tensor {
  const y = tf.fused.depthwiseConv2d({
    x: x as tf.Tensor4D,
    filter: kernel as tf.Tensor4D,
    bias,
    strides: o.strides,
    pad: padOf(x, kernel, o),
    dilations: o.dilation_rate,
    activation: fusedActivation(o.activation),
  });
  return remainingActivation(o.activation)(y);
}

/** x [n, h, w, c] with kernel [kh, kw, filters, c], to an output of `shape` without the batch axis. */
export function conv2dTranspose(
  x: tf.Tensor,
  kernel: tf.Tensor,
  bias: tf.Tensor | undefined,
  o: WindowOptions,
  shape: Shape,
): tf.Tensor {
  const size = [x.shape[0], ...shape] as [number, number, number, number];
  const y = tf.conv2dTranspose(x as tf.Tensor4D, kernel as tf.Tensor4D, size, o.strides, o.padding);
  return activations[o.activation](bias ? tf.add(y, bias) : y);
}
