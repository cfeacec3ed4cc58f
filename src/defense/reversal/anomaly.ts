const consistent = 1.4826,
  least = 1e-3;

/**
 * How far each size lies below the median of all, in median absolute deviations (at least a thousandth of the median).
 * Source: B. Wang et al., "Neural Cleanse: Identifying and Mitigating Backdoor Attacks in Neural Networks", S&P 2019.
 */
export function anomalyIndices(sizes: readonly number[]): number[] {
  const middle = median(sizes);
  const deviation = consistent * median(sizes.map((size) => Math.abs(size - middle)));
  const spread = Math.max(deviation, least * middle);
  return sizes.map((size) => (spread === 0 ? 0 : (middle - size) / spread));
}

/** So few sizes lie about their median in the same way whatever they are. */
const fewest = 3;

/**
 * The index of each trigger among those that were searched for as many steps, since masks shrink from step to step;
 * null where those are fewer than three.
 */
export function indicesAmongEquals(triggers: readonly { steps: number; l1: number }[]): (number | null)[] {
  const indices = triggers.map((): number | null => null);
  for (const steps of new Set(triggers.map((trigger) => trigger.steps))) {
    const equals = [...triggers.keys()].filter((i) => triggers[i]!.steps === steps);
    if (equals.length < fewest) continue;
    const found = anomalyIndices(equals.map((i) => triggers[i]!.l1));
    equals.forEach((i, place) => (indices[i] = found[place]!));
  }
  return indices;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}
