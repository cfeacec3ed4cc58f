import type { StoredImages } from './stored.ts';
import { type Size } from './resize.ts';
/** An image's values as they are stored, brought to RGB: [rows, columns, 3]. */
export interface Pixels {
    values: Float32Array;
    size: Size;
}
export declare function pixelsOf({ data, layout }: StoredImages, image: number): Pixels;
/** The values that are shown as black and white: 0..255, 0..1 or -1..1, the first that holds all of them, else their own range. `isBytes`: the pixels are known to be 0..255. */
export declare function shownRange(images: readonly Pixels[], isBytes: boolean): [black: number, white: number];
