import * as tf from '@tensorflow/tfjs-core';
/** Where a window lies on an image, and what becomes of its sums. */
export interface Sliding {
    strides: readonly [number, number];
    dilation: readonly [number, number];
    /** Rows and columns of the answer. */
    size: readonly [number, number];
    /** What answers are clamped to. */
    least: number;
    most: number;
}
/** Gives the WebAssembly engine, which has been started, the kernels of this file. */
export declare function registerProducts(): void;
/** Where rows of a patch begin, or its pixels: bytes from the first. Images are `width` pixels of `channels` wide. */
export declare function offsetsOf(rows: number, columns: number, dilation: readonly [number, number], width: number, channels: number): number[];
/** Rows and columns of a kernel, packed or not. */
export declare const windowOf: (kernel: tf.Tensor) => number[];
/**
 * Kernel [rows, columns, channels, filters], or [channels, filters], as products take it: [groups, blocks, rows,
 * columns, channels, 8].
 */
export declare const packed: (kernel: tf.Tensor, groups?: number) => tf.Tensor;
/**
 * x [n, h, w, c] with kernel [kh, kw, c / groups, filters], packed or not, and bias [filters]: clamped sums
 * [n, ...size, filters]. Throws where the window reaches out of the image, or shapes do not fit.
 */
export declare function convolve(x: tf.Tensor, kernel: tf.Tensor, bias: tf.Tensor | undefined, sliding: Sliding, filters: number): tf.Tensor;
/**
 * x [n, h, w, c] with kernel [kh, kw, c, 1] and bias [c], each channel by itself: [n, ...size, c]. Throws as
 * `convolve`.
 */
export declare function convolveEach(x: tf.Tensor, kernel: tf.Tensor, bias: tf.Tensor | undefined, sliding: Sliding): tf.Tensor;
/** (x - mean) * scale + shift: x [..., c], the others [c]. Throws where these are of another size. */
export declare function normalize(x: tf.Tensor, mean: tf.Tensor, scale: tf.Tensor, shift: tf.Tensor): tf.Tensor;
/** The mean over all positions of x [n, ..., c]: [n, c]. */
export declare function meanOf(x: tf.Tensor): tf.Tensor;
