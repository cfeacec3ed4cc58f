import type { Checkpoint } from './checkpoints.ts';
import type { Measured } from './pruned.ts';
import { type Candidate } from '../../verdict/figures.ts';
/** The original, then the pruned net and the GoodNet of each checkpoint that was reached. */
export declare function listCandidates(picks: readonly Checkpoint[], validation: Measured, test: Measured | null): Candidate[];
