import * as tf from '@tensorflow/tfjs-core';
import type { ActivationName } from '../../models/layers/activation.ts';
import { type Margin, margins, type Padding } from '../../models/layers/spec.ts';
import type { Shape } from '../../models/net.ts';
import { activations, onTensorflow } from './activation.ts';
import { convolve, convolveEach, type Sliding, windowOf } from './products.ts';

type Pair = [number, number];
export interface WindowOptions {
  strides: Pair;
  padding: Padding;
  dilation_rate: Pair;
  /** Of a pooling that says itself what stands around the image. */
  margins?: Margin;
  activation: ActivationName;
}
interface ConvolutionOptions extends WindowOptions {
  groups: number;
}

/** Activations that the engine computes inside a convolution or matrix product: between these its sums are clamped. */
export const clamped: Partial<Record<ActivationName, [least: number, most: number]>> = {
  relu: [0, Infinity],
  relu6: [0, 6],
};

const fusedActivation = (name: ActivationName): 'linear' | 'relu' | 'relu6' =>
  name === 'relu' || name === 'relu6' ? name : 'linear';
const remainingActivation = (name: ActivationName) => activations[fusedActivation(name) === name ? 'linear' : name];

/** How far a window of [rows, columns] reaches out of images [n, h, w, c], axis by axis. */
export const marginsOf = (
  images: readonly number[],
  window: readonly number[],
  { strides, padding, dilation_rate, margins: given }: Omit<WindowOptions, 'activation'>,
): [before: number, after: number][] => {
  if (given !== undefined) return [[0, 0], ...given, [0, 0]];
  const [rows, columns] = [0, 1].map((axis) =>
    margins(images[axis + 1]!, window[axis]!, strides[axis]!, padding, dilation_rate[axis]),
  );
  return [[0, 0], rows!, columns!, [0, 0]];
};

/** x with the zeros that a window of [rows, columns] meets around it. */
export function padded(x: tf.Tensor, window: readonly number[], options: Omit<WindowOptions, 'activation'>): tf.Tensor {
  const around = marginsOf(x.shape, window, options);
  return around.flat().some((zeros) => zeros > 0) ? tf.pad(x, around) : x;
}

const slidingOf = ({ strides, dilation_rate, activation }: WindowOptions, [height, width]: Shape): Sliding => {
  const [least, most] = clamped[activation] ?? [-Infinity, Infinity];
  return { strides, dilation: dilation_rate, size: [height!, width!], least, most };
};

/** x [n, h, w, c] with kernel [kh, kw, c / groups, filters], to an output of `shape` without the batch axis. */
export function conv2d(
  x: tf.Tensor,
  kernel: tf.Tensor,
  bias: tf.Tensor | undefined,
  o: ConvolutionOptions,
  shape: Shape,
): tf.Tensor {
  const y = onTensorflow()
    ? ofGroups(x as tf.Tensor4D, kernel as tf.Tensor4D, bias, o)
    : convolve(padded(x, windowOf(kernel), o), kernel, bias, slidingOf(o, shape), shape[2]!);
  return remainingActivation(o.activation)(y);
}

function ofGroups(x: tf.Tensor4D, kernel: tf.Tensor4D, bias: tf.Tensor | undefined, o: ConvolutionOptions): tf.Tensor {
  if (Math.max(...o.strides) > 1 && Math.max(...o.dilation_rate) > 1) return everyOther(x, kernel, bias, o);
  const xs = tf.split<tf.Tensor4D>(x, o.groups, 3);
  const biases = bias && tf.split<tf.Tensor1D>(bias, o.groups);
  const parts = tf.split<tf.Tensor4D>(kernel, o.groups, 3).map((filter, group) =>
    tf.fused.conv2d({
      x: xs[group]!,
      filter,
      bias: biases?.[group],
      strides: o.strides,
      pad: o.padding,
      dilations: o.dilation_rate,
      activation: fusedActivation(o.activation),
    }),
  );
  return tf.concat(parts, 3);
}

/** What a dilated window answers at each stride, which TensorFlow does not compute at once. */
function everyOther(
  x: tf.Tensor4D,
  kernel: tf.Tensor4D,
  bias: tf.Tensor | undefined,
  o: ConvolutionOptions,
): tf.Tensor {
  const wide = padded(x, windowOf(kernel), o) as tf.Tensor4D;
  const y = ofGroups(wide, kernel, bias, { ...o, strides: [1, 1], padding: 'valid' });
  return tf.stridedSlice(y, [0, 0, 0, 0], y.shape, [1, ...o.strides, 1]);
}

/** x [n, h, w, c] with kernel [kh, kw, c, multiplier], to an output of `shape` without the batch axis. */
export function depthwiseConv2d(
  x: tf.Tensor,
  kernel: tf.Tensor,
  bias: tf.Tensor | undefined,
  o: WindowOptions,
  shape: Shape,
): tf.Tensor {
  const around = onTensorflow() ? x : padded(x, kernel.shape, o);
  const y =
    onTensorflow() || kernel.shape[3]! > 1
      ? tf.fused.depthwiseConv2d({
          x: around as tf.Tensor4D,
          filter: kernel as tf.Tensor4D,
          bias,
          strides: o.strides,
          pad: onTensorflow() ? o.padding : 'valid',
          dilations: o.dilation_rate,
          activation: fusedActivation(o.activation),
        })
      : convolveEach(around, kernel, bias, slidingOf(o, shape));
  return remainingActivation(o.activation)(y);
}

/** x [..., c] with kernel [c, units]. */
export function dense(
  x: tf.Tensor,
  kernel: tf.Tensor,
  bias: tf.Tensor | undefined,
  activation: ActivationName,
  shape: Shape,
): tf.Tensor {
  const units = shape.at(-1)!;
  const rows = x.size / x.shape.at(-1)!;
  const y = onTensorflow()
    ? tf.fused.matMul({
        a: tf.reshape<tf.Rank.R2>(x, [rows, -1]),
        b: kernel,
        bias,
        activation: fusedActivation(activation),
      })
    : convolve(tf.reshape(x, [1, 1, rows, -1]), kernel, bias, slidingOf({ ...alone, activation }, [1, rows]), units);
  return remainingActivation(activation)(tf.reshape(y, [x.shape[0], ...shape]));
}

/** A window of one pixel. */
export const alone = { strides: [1, 1], padding: 'valid', dilation_rate: [1, 1] } satisfies Omit<
  WindowOptions,
  'activation'
>;

/** x [n, h, w, c] with kernel [kh, kw, filters / groups, c], to an output of `shape` without the batch axis. */
export function conv2dTranspose(
  x: tf.Tensor,
  kernel: tf.Tensor,
  bias: tf.Tensor | undefined,
  o: ConvolutionOptions,
  [height, width, filters]: Shape,
): tf.Tensor {
  const size: [number, number, number, number] = [x.shape[0], height!, width!, filters! / o.groups];
  const ofGroup = (all: tf.Tensor4D): tf.Tensor4D[] => (o.groups === 1 ? [all] : tf.split(all, o.groups, 3));
  const xs = ofGroup(x as tf.Tensor4D);
  const parts = ofGroup(spread(kernel, o.dilation_rate)).map((filter, group) =>
    tf.conv2dTranspose(xs[group]!, filter, size, o.strides, o.padding),
  );
  const y = tf.concat(parts, 3);
  return activations[o.activation](bias ? tf.add(y, bias) : y);
}

/** A kernel [kh, kw, ...] with zeros between its rows and columns: a dilation. */
function spread(kernel: tf.Tensor, [down, across]: Pair): tf.Tensor4D {
  const [rows, columns, ...others] = kernel.shape as [number, number, number, number];
  if (down === 1 && across === 1) return kernel as tf.Tensor4D;
  const between = (of: tf.Tensor, step: number): tf.Tensor =>
    tf.pad(of, [
      [0, 0],
      [0, step - 1],
      [0, 0],
    ]);
  const tall = between(tf.reshape(kernel, [rows, 1, -1]), down);
  const wide = between(tf.reshape(tall, [rows * down * columns, 1, -1]), across);
  const whole = tf.reshape(wide, [rows * down, columns * across, ...others]);
  return tf.slice(whole, [0, 0, 0, 0], [(rows - 1) * down + 1, (columns - 1) * across + 1, ...others]) as tf.Tensor4D;
}
