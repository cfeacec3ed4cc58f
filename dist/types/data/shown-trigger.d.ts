import { type Size } from './resize.ts';
/** A trigger as it is stamped, x * (1 - mask) + pattern * mask: mask [H, W, 1] from 0 to 1, pattern [H, W, C]. */
export interface Stamp {
    mask: Float32Array;
    pattern: Float32Array;
}
/** A PNG of a mask, 0 to 1 as black to white. Small ones are made larger. */
export declare const maskPicture: (mask: Float32Array, size: Size) => Uint8Array;
/** A PNG of an image [H, W, C] with a trigger on it; `low` to `high`, by channel, become black to white. */
export declare function stampedPicture(image: Float32Array, { mask, pattern }: Stamp, size: Size, [low, high]: readonly [low: readonly number[], high: readonly number[]]): Uint8Array;
