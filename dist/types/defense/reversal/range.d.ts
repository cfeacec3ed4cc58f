import type { Dataset } from '../../data/dataset.ts';
import type { PixelScale } from '../../data/layout.ts';
import type { PixelRange } from '../../engine/training/trigger-gradients.ts';
/** The least and the greatest pixel as the net takes them: of 0..255, 0..1 or -1..1 as stored, whichever holds the images. */
export declare function pixelRange({ stored, count }: Dataset, { scale, mean, std }: PixelScale): PixelRange;
