import type { PruningFinding } from './findings.ts';
import type { PruningTrace } from './trace.ts';
/** What pruning found, in words. Source of the method: Liu et al. 2018 and the CSAW-HackML-2020 lab. */
export declare function pruningSentence(finding: PruningFinding, { layer, prunes }: Partial<PruningTrace>): string;
