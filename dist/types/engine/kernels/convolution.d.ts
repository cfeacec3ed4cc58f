import * as tf from '@tensorflow/tfjs-core';
import type { ActivationName } from '../../models/layers/activation.ts';
import { type Margin, type Padding } from '../../models/layers/spec.ts';
import type { Shape } from '../../models/net.ts';
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
export declare const clamped: Partial<Record<ActivationName, [least: number, most: number]>>;
/** How far a window of [rows, columns] reaches out of images [n, h, w, c], axis by axis. */
export declare const marginsOf: (images: readonly number[], window: readonly number[], { strides, padding, dilation_rate, margins: given }: Omit<WindowOptions, "activation">) => [before: number, after: number][];
/** x with the zeros that a window of [rows, columns] meets around it. */
export declare function padded(x: tf.Tensor, window: readonly number[], options: Omit<WindowOptions, 'activation'>): tf.Tensor;
/** x [n, h, w, c] with kernel [kh, kw, c / groups, filters], to an output of `shape` without the batch axis. */
export declare function conv2d(x: tf.Tensor, kernel: tf.Tensor, bias: tf.Tensor | undefined, o: ConvolutionOptions, shape: Shape): tf.Tensor;
/** x [n, h, w, c] with kernel [kh, kw, c, multiplier], to an output of `shape` without the batch axis. */
export declare function depthwiseConv2d(x: tf.Tensor, kernel: tf.Tensor, bias: tf.Tensor | undefined, o: WindowOptions, shape: Shape): tf.Tensor;
/** x [..., c] with kernel [c, units]. */
export declare function dense(x: tf.Tensor, kernel: tf.Tensor, bias: tf.Tensor | undefined, activation: ActivationName, shape: Shape): tf.Tensor;
/** A window of one pixel. */
export declare const alone: {
    strides: [number, number];
    padding: "valid";
    dilation_rate: [number, number];
};
/** x [n, h, w, c] with kernel [kh, kw, filters / groups, c], to an output of `shape` without the batch axis. */
export declare function conv2dTranspose(x: tf.Tensor, kernel: tf.Tensor, bias: tf.Tensor | undefined, o: ConvolutionOptions, [height, width, filters]: Shape): tf.Tensor;
export {};
