import type { TypedArray } from '../keras/hdf5.ts';
import type { Shape } from '../keras/layers/spec.ts';
/** Order of the axes in a data file: N images, C channels, H rows, W columns. */
export type Layout = 'NCHW' | 'NHWC';
/** The layout in which images of `shape` fit the net's `input`; an image without a channel axis fits a net of one channel. */
export declare function chooseLayout(shape: Shape, input: Shape, asked: Layout | 'auto', file: string): Layout;
/** values [n, c, h, w] or [n, h, w, c] -> images [n, h, w, c] * scale; `badAt` is the index of the first value that is not finite, or -1. */
export declare function toChannelsLast(values: TypedArray, layout: Layout, shape: Shape, scale: number): {
    images: Float32Array;
    badAt: number;
};
