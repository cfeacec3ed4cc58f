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

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}
