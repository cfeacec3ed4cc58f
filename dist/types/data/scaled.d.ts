import { type PixelScale } from './layout.ts';
import type { StoredImages } from './stored.ts';
/** Stored images with their labels and the pixels that a net takes, wherever they are stored. */
export interface ScaledImages {
    stored: StoredImages;
    count: number;
    labels: Int32Array;
    trueLabels: Int32Array | null;
    /** Memory that one image takes while it is read: as stored, and as the net takes it. */
    imageBytes: number;
    /** Images `start` (inclusive) to `stop` (exclusive) as the net takes them: N,H,W,C, scaled. */
    images(start: number, stop: number): Float32Array;
}
/** Whether the names of its class folders could be read otherwise, and no setting says how they are meant. */
export declare const hasOtherReading: ({ stored }: ScaledImages) => boolean;
/** Puts stored images into the form in which a net takes them. */
export declare function scaled(stored: StoredImages, format: PixelScale): ScaledImages;
