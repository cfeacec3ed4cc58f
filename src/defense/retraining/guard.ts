import type { Halves } from '../../engine/training/draw.ts';
import type { SplitAnswers } from '../answers.ts';

/** What a training came to on the clean images that were held out, beside the original net. */
export interface HeldOut {
  images: number;
  /** Images that the original gets right and the trained net does not, and the other way round. */
  lost: number;
  won: number;
}

const mostLost = 0.02,
  z = 1.645;

/** Counts the held-out images that two nets get right. */
export function heldOut(before: SplitAnswers, after: SplitAnswers, { heldOut: images }: Halves): HeldOut {
  const { labels } = before.clean.data;
  const right = ({ clean }: SplitAnswers, image: number): boolean => clean.classes[image] === labels[image];
  return {
    images: images.length,
    lost: images.filter((image) => right(before, image) && !right(after, image)).length,
    won: images.filter((image) => !right(before, image) && right(after, image)).length,
  };
}

/** Whether a training surely costs more than 2 points of accuracy: a one-sided 95% bound on paired images. */
export const costsTooMuch = ({ images, lost, won }: HeldOut): boolean =>
  (lost - won) / images - (z * Math.sqrt(lost + won)) / images > mostLost;
