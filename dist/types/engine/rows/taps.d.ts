import type { Shape } from '../../models/net.ts';
/** For each output position: which input positions it reads, and the first of the weight rows that belong to each. */
export type Taps = [position: number, base: number][][];
/** A Dense layer works on each position alone. */
export declare const samePosition: (positions: number) => Taps;
/** A mean over all positions, and a Dense layer on it. */
export declare const everyPosition: (positions: number) => Taps;
interface Window {
    strides: [number, number];
    padding: 'valid' | 'same';
    dilation_rate: [number, number];
}
/** A convolution from `input` [rows, columns, channels] to `output` with a kernel [rows, columns, channels, filters]. */
export declare function windowTaps([rows, columns, channels]: Shape, [height, width]: Shape, [kernelRows, kernelColumns]: Shape, { strides, padding, dilation_rate }: Window): Taps;
export {};
