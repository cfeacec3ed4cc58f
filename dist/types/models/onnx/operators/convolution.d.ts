import type { Tensor } from '../wiring.ts';
import type { Operator, Site } from './site.ts';
/** Rows or columns in front and behind. */
export type Margin = readonly [before: number, after: number];
/** A window as ONNX tells of it. */
export interface Window {
    size: readonly [number, number];
    strides: readonly [number, number];
    dilation: readonly [number, number];
}
/** Two numbers for rows and columns. */
export declare function pair(site: Site, name: string, fallback?: number): readonly [number, number];
/** How far windows reach out of the image, by `pads` or `auto_pad`. */
export declare function marginsOf(site: Site, { shape }: Tensor, { size, strides, dilation }: Window): [Margin, Margin];
/** Whether windows reach out of the image as `same` has it. */
export declare const isSame: ({ shape }: Tensor, { size, strides, dilation }: Window, around: readonly Margin[]) => boolean;
/** The image with its margins, and how a window is laid over it then. */
export declare function padded(site: Site, image: Tensor, window: Window, around: [Margin, Margin]): {
    image: Tensor;
    padding: string;
};
export declare const convolutions: Readonly<Record<string, Operator>>;
