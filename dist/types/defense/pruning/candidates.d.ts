import type { KeptStep, Measured } from './pruned.ts';
import { type Candidate } from '../../verdict/figures.ts';
/** The original, then the pruned net and the GoodNet of each step that is kept. */
export declare function listCandidates(kept: readonly KeptStep[], validation: Measured, test: Measured | null): Candidate[];
