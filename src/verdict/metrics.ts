/** 100 * part / whole in percent points; null where there is nothing to divide by. */
export function percent(part: number, whole: number): number | null {
  return whole === 0 ? null : (100 * part) / whole;
}

/** A percentage with two decimals; a dash where nothing was measured. */
export const percentText = (value: number | null): string => (value === null ? '–' : `${value.toFixed(2)}%`);

/** `1 channel`, `3 channels`. */
export const channelsText = (count: number): string => `${count} ${count === 1 ? 'channel' : 'channels'}`;

/**
 * The 95% Wilson score interval of a proportion, in percent points, without continuity correction; null for n = 0.
 * Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927).
 */
export function wilsonInterval(part: number, whole: number): [low: number, high: number] | null {
  if (whole === 0) return null;
  const z = 1.96;
  const p = part / whole;
  const center = p + (z * z) / (2 * whole);
  const spread = z * Math.sqrt((p * (1 - p)) / whole + (z * z) / (4 * whole * whole));
  const scale = 100 / (1 + (z * z) / whole);
  return [part === 0 ? 0 : scale * (center - spread), part === whole ? 100 : scale * (center + spread)];
}

/**
 * Of how many images a rate would have to be that of for its 95% Wilson interval to end at a limit, both in percent; null where no number does, the rate being the limit.
 * Source: the interval's ends are the limits that z = 1.96 standard errors of the limit lie beside the rate.
 */
export function imagesToDecide(ratePercent: number, limitPercent: number): number | null {
  const [rate, limit] = [ratePercent / 100, limitPercent / 100];
  const images = (1.96 ** 2 * limit * (1 - limit)) / (rate - limit) ** 2;
  return Number.isFinite(images) ? Math.ceil(images) : null;
}

/**
 * Defense effectiveness rating, 0..1: (max(0, ASR drop) - max(0, accuracy drop) + 1) / 2 with drops as fractions.
 * Arguments in percent points. Source: M. Zhu et al., "Enhancing Fine-Tuning Based Backdoor Defense" (2023).
 */
export function effectivenessRating(
  original: { accuracy: number; asr: number },
  candidate: { accuracy: number; asr: number },
): number {
  const asrDrop = Math.max(0, original.asr - candidate.asr) / 100;
  const accuracyDrop = Math.max(0, original.accuracy - candidate.accuracy) / 100;
  return (asrDrop - accuracyDrop + 1) / 2;
}
