import * as tf from '@tensorflow/tfjs-core';
import type { ActivationName } from '../../models/layers/activation.ts';
import { type Padding } from '../../models/layers/spec.ts';
import type { Shape } from '../../models/net.ts';
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
export declare const fusedActivation: (name: ActivationName) => "linear" | "relu" | "relu6";
export declare const remainingActivation: (name: ActivationName) => (x: tf.Tensor) => tf.Tensor;
/** x [n, h, w, c] with kernel [kh, kw, c / groups, filters]. */
export declare function conv2d(x: tf.Tensor, kernel: tf.Tensor, bias: tf.Tensor | undefined, o: ConvolutionOptions): tf.Tensor;
/** x [n, h, w, c] with kernel [kh, kw, c, multiplier]. */
export declare function depthwiseConv2d(x: tf.Tensor, kernel: tf.Tensor, bias: tf.Tensor | undefined, o: WindowOptions): tf.Tensor;
/** x [n, h, w, c] with kernel [kh, kw, filters, c], to an output of `shape` without the batch axis. */
export declare function conv2dTranspose(x: tf.Tensor, kernel: tf.Tensor, bias: tf.Tensor | undefined, o: WindowOptions, shape: Shape): tf.Tensor;
export {};
