import type { Halves } from '../../engine/training/draw.ts';
import type { SplitAnswers } from '../answers.ts';
/** What a training came to on the clean images that were held out, beside the original net. */
export interface HeldOut {
    images: number;
    /** Images that the original gets right and the trained net does not, and the other way round. */
    lost: number;
    won: number;
}
/** Counts the held-out images that two nets get right. */
export declare function heldOut(before: SplitAnswers, after: SplitAnswers, { heldOut: images }: Halves): HeldOut;
/** Whether a training surely costs more than 2 points of accuracy: a one-sided 95% bound on paired images. */
export declare const costsTooMuch: ({ images, lost, won }: HeldOut) => boolean;
