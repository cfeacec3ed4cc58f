import * as tf from '@tensorflow/tfjs-core';
type Pair = readonly [number, number];
/** Where a convolution's window lies on an image. */
export interface WindowSteps {
    strides: Pair;
    dilation: Pair;
}
/** Where a pooling's window lies, and how far out of the image it reaches at the top and on the left. */
export interface PoolWindow {
    size: Pair;
    strides: Pair;
    before: Pair;
}
/** How far Adam goes, and how long its moments remember. */
export interface AdamStep {
    keep: number;
    keepSquare: number;
    rate: number;
    epsilon: number;
}
/** Gives the WebAssembly engine, which has been started, the kernels of this file. */
export declare function registerGradients(): void;
/**
 * The gradient of the kernel [kh, kw, c / groups, filters] of a convolution of x [n, h, w, c] whose answer has the
 * gradient dy [n, oh, ow, filters]. Throws where the window reaches out of the image, or shapes do not fit.
 */
export declare function kernelGradient(x: tf.Tensor, dy: tf.Tensor, kernel: readonly number[], o: WindowSteps): tf.Tensor;
/** The gradient of the input of `shape` of a convolution with kernel w. Throws as `kernelGradient`. */
export declare function inputGradient(dy: tf.Tensor, w: tf.Tensor, shape: readonly number[], o: WindowSteps): tf.Tensor;
/** The gradient of the kernel [kh, kw, c, 1] of a convolution of each channel by itself. Throws as `kernelGradient`. */
export declare function eachKernelGradient(x: tf.Tensor, dy: tf.Tensor, kernel: readonly number[], o: WindowSteps): tf.Tensor;
/** The gradient of the input of `shape` of a convolution of each channel by itself. Throws as `kernelGradient`. */
export declare function eachInputGradient(dy: tf.Tensor, w: tf.Tensor, shape: readonly number[], o: WindowSteps): tf.Tensor;
/** The gradient of x [n, h, w, c] of which maxima over windows were taken: it goes to the first of the highest. */
export declare const maxGradient: (x: tf.Tensor, dy: tf.Tensor, window: PoolWindow) => tf.Tensor;
/** The sum over all positions of x [..., c]: [c]. */
export declare function sumOf(x: tf.Tensor): tf.Tensor;
/** dy where y lies between `least` and `most`, and 0 elsewhere. */
export declare function passBetween(dy: tf.Tensor, y: tf.Tensor, least: number, most: number): tf.Tensor;
/** A step of Adam: changes the weights w and their moments m and v by the gradient g, where they lie. */
export declare function adam(w: tf.Tensor, m: tf.Tensor, v: tf.Tensor, g: tf.Tensor, step: AdamStep): void;
export {};
