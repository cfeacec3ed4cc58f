/** Why a net's figures carry no verdict: Keras may give other classes than goodnet computed. */
export interface Doubt {
  code: 'half-precision';
  /** The number format that the net declares. */
  declared: string;
}

/** The doubt about a net that declares the number format `precision`; null if there is none. */
export function doubtOf(precision: string): Doubt | null {
  return precision === 'float32' ? null : { code: 'half-precision', declared: precision };
}
