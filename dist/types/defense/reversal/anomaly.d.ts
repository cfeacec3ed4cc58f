/**
 * How far each size lies below the median of all, in median absolute deviations (at least a thousandth of the median).
 * Source: B. Wang et al., "Neural Cleanse: Identifying and Mitigating Backdoor Attacks in Neural Networks", S&P 2019.
 */
export declare function anomalyIndices(sizes: readonly number[]): number[];
/**
 * The index of each trigger among all that were searched for as many steps, those that went on as they were then:
 * masks shrink from step to step. `sizes` are those after each round that a trigger was in. Null among fewer than three.
 */
export declare function indicesByRound(triggers: readonly {
    sizes: readonly number[];
}[]): (number | null)[];
/** The same triggers, each with its index. */
export declare function withIndices<T extends {
    sizes: readonly number[];
}>(triggers: readonly T[]): (T & {
    anomalyIndex: number | null;
})[];
