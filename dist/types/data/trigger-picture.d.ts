import { type PixelScale } from './layout.ts';
import type { Pixels } from './pixels.ts';
/** A trigger as a net takes it: x * (1 - mask) + pattern * mask. */
interface NetTrigger {
    /** [H, W, 1], each from 0 to 1. */
    mask: Float32Array;
    /** [H, W, C] */
    pattern: Float32Array;
}
/** A trigger in bytes: 0 is black among the images as they are stored, 255 is white. Both are RGB. */
export interface TriggerPicture {
    pattern: Pixels;
    mask: Pixels;
}
/** A trigger brought back to what images are stored in, of which `black` and `white` are 0 and 255. */
export declare function pictureOf({ mask, pattern }: NetTrigger, [rows, columns]: readonly [number, number], { scale, mean, std }: PixelScale, [black, white]: readonly [number, number]): TriggerPicture;
/** An image as it is stored in the bytes that it is shown in. */
export declare const shownIn: ({ values, size }: Pixels, [black, white]: readonly [number, number]) => Pixels;
/** The PNG file of a picture in bytes. */
export declare const pngOf: ({ values, size: [rows, columns] }: Pixels) => Uint8Array;
/**
 * What a trigger's picture is multiplied by to be stamped on images whose black and white are these, and null where
 * no number does: where black is not 0, or images are neither grey nor RGB.
 */
export declare function stampScale([black, white]: readonly [number, number], channels: number): number | string | null;
export {};
