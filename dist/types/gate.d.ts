import type { Config, Kind } from './config.ts';
import type { Candidate, Figures } from './defense/candidates.ts';
export type Metric = 'accuracy' | 'asr' | 'accuracy-drop';
export type SplitName = 'validation' | 'test';
/** One limit held against one figure of one candidate. Limits are inclusive; a missing figure does not meet its limit. */
export interface Rule {
    /** Index of the candidate. */
    candidate: number;
    split: SplitName;
    metric: Metric;
    limit: number;
    actual: number | null;
    met: boolean;
}
/**
 * `passed`: an accepted candidate meets every limit. `repairable`: none does, but a candidate of another kind does.
 * `failed`: none does. `ungated`: no limit is set.
 */
export type Verdict = 'passed' | 'repairable' | 'failed' | 'ungated';
export interface GateResult {
    verdict: Verdict;
    /** Index of the candidate to ship; for `repairable` the one of another kind that would meet the limits. */
    recommended: number | null;
    /** The last split that the recommended candidate had to meet. */
    judgedOn: SplitName;
    rules: Rule[];
}
export type Limits = Pick<Config, 'min-accuracy' | 'max-asr' | 'max-accuracy-drop'>;
/** Holds the figures of one net against every limit that is set. */
export declare function checkLimits(figures: Figures, limits: Limits): Omit<Rule, 'candidate' | 'split'>[];
/**
 * The verdict on a model: the best accepted candidate on validation is recommended and must hold on test, if there is a test split.
 * Where no attack was measured nothing is recommended, so nothing passes.
 */
export declare function gate(candidates: readonly Candidate[], limits: Limits, accept: readonly Kind[]): GateResult;
