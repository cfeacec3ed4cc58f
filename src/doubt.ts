import type { Rounded } from './defense/rounding.ts';

/** Why a net's figures carry no verdict: Keras may give other classes than goodnet computed. */
export type Doubt = HalfPrecision | RoundingDecides;

export interface HalfPrecision {
  code: 'half-precision';
  /** The number format that the net declares. */
  declared: string;
}

/** The images that change their class most often. */
export interface RoundingDecides extends Rounded {
  code: 'rounding-decides';
}

/** Images that may change their class: a share of honest nets' is nearly tied. */
const mostPercent = 2, mostImages = 1;

/** The doubt about a net that declares the number format `precision` and was rounded otherwise; null if there is none. */
export function doubtOf(precision: string, rounded: readonly Rounded[] = []): Doubt | null {
  if (precision !== 'float32') return { code: 'half-precision', declared: precision };
  const [worst] = rounded.filter(({ images, changed }) => changed > mostImages && 100 * changed > mostPercent * images)
    .sort((a, b) => b.changed * a.images - a.changed * b.images);
  return worst === undefined ? null : { code: 'rounding-decides', ...worst };
}
