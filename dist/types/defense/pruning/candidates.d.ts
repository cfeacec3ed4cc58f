import type { Checkpoint } from './checkpoints.ts';
import type { Step } from './sweep.ts';
import type { Sizes } from '../../engine/split.ts';
import { type Candidate } from '../../verdict/figures.ts';
/** A split's steps and sizes; the first step is the original net. */
export interface Measured {
    steps: readonly Step[];
    sizes: Sizes;
}
/** The original, then the pruned net and the GoodNet of each checkpoint that was reached. */
export declare function listCandidates(picks: readonly Checkpoint[], validation: Measured, test: Measured | null): Candidate[];
