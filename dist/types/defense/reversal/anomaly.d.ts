/**
 * How far each size lies below the median of all, in median absolute deviations (at least a thousandth of the median).
 * Source: B. Wang et al., "Neural Cleanse: Identifying and Mitigating Backdoor Attacks in Neural Networks", S&P 2019.
 */
export declare function anomalyIndices(sizes: readonly number[]): number[];
