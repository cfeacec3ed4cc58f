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
 * The index of each trigger among all that were searched for as many steps, those that went on as they were then:
 * masks shrink from step to step. `sizes` are those after each round that a trigger was in. Null among fewer than three.
 */
export function indicesByRound(triggers: readonly { sizes: readonly number[] }[]): (number | null)[] {
  const indices = triggers.map((): number | null => null);
  const rounds = Math.max(...triggers.map(({ sizes }) => sizes.length));
  for (let round = 0; round < rounds; round++) {
    const equals = [...triggers.keys()].filter((i) => triggers[i]!.sizes.length > round);
    const found = anomalyIndices(equals.map((i) => triggers[i]!.sizes[round]!));
    equals.forEach((i, place) => (indices[i] = equals.length < fewest ? null : found[place]!));
  }
  return indices;
}

/** The same triggers, each with its index. */
export function withIndices<T extends { sizes: readonly number[] }>(
  triggers: readonly T[],
): (T & { anomalyIndex: number | null })[] {
  const indices = indicesByRound(triggers);
  return triggers.map((trigger, i) => ({ ...trigger, anomalyIndex: indices[i]! }));
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}
