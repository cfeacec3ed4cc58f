import type { Dataset } from '../../data/dataset.ts';
import { type PixelScale } from '../../data/layout.ts';
import type { PixelRange } from '../../engine/training/trigger-gradients.ts';
/** The images of a dataset that are looked at, where not all need to be: some spread over it. */
export declare function lookedAt({ count }: Pick<Dataset, 'count'>): number[];
/** What black and white are among the images as they are stored: 0..255, 0..1 or -1..1, whichever holds them. */
export declare function storedRange(data: Dataset): [black: number, white: number];
/** The least and the greatest pixel as the net takes them. */
export declare function pixelRange(data: Dataset, { scale, mean, std }: PixelScale): PixelRange;
