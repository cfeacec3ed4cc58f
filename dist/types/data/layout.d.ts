import type { TypedArray } from '../formats/element-types.ts';
import type { Shape } from '../models/net.ts';
/** Order of the axes in a data file: N images, C channels, H rows, W columns. */
export type Layout = 'NCHW' | 'NHWC';
/** The layout in which images of `shape` fit the net's `input`, in any size if they are `resizable`; an image without a channel axis fits a net of one channel. */
export declare function chooseLayout(shape: Shape, input: Shape, asked: Layout | 'auto', resizable: boolean, file: string): Layout;
/** How a stored pixel x of channel c becomes the net's input: (x * scale - mean[c]) / std[c]. One number in `mean` or `std` stands for all channels. */
export interface PixelScale {
    scale: number;
    mean: readonly number[];
    std: readonly number[];
}
/** The value of a channel, where there is one for all channels or one for each. */
export declare const ofChannel: (values: readonly number[], channel: number) => number;
/** `mean` and `std` have one number, or one for each channel of the net's `input`. Throws `pixel-scale`. */
export declare function checkPixelScale({ mean, std }: PixelScale, input: Shape, file: string): void;
/** values [n, c, h, w] or [n, h, w, c] -> the net's input [n, h, w, c]; `badAt` is the index of the first value that is not finite, or -1. */
export declare function toChannelsLast(values: TypedArray, layout: Layout, shape: Shape, { scale, mean, std }: PixelScale): {
    images: Float32Array;
    badAt: number;
};
