import type { Split } from '../../engine/split.ts';
import type { Counts, GoodNetCounts } from '../../verdict/figures.ts';
/** The nets after pruning the first `step` channels of the order. Step 0 is the original net. */
export interface Step {
    step: number;
    /** The channel pruned by this step; null at step 0. */
    channel: number | null;
    pruned: Counts;
    goodnet: GoodNetCounts;
}
/** Counts both nets on `split` after pruning the first k channels of `order`, for each k of `stops` (ascending). */
export declare function sweep(split: Split, order: Int32Array, stops: readonly number[], progress: (images: number) => void): Promise<Step[]>;
