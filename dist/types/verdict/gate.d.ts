import { type Kind } from '../settings/config.ts';
import type { Candidate, Change, Figures } from './figures.ts';
import type { Doubt } from './doubt.ts';
import { type Limits, type Metric } from './metric-table.ts';
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
    /** Where the figure meets the limit and is not judged by itself, but by its 95% interval, which does not. */
    undecided?: Undecided;
}
/** A figure that meets its limit on images that are too few to be sure. */
export interface Undecided {
    /** The end of its 95% interval on the wrong side of the limit, in percent. */
    end: number;
    /** Of how many images the same rate would decide; null where it is the limit itself. */
    images: number | null;
}
/**
 * `passed`: an accepted candidate meets every limit. `inconclusive`: the figures of one do, but not the ends of their intervals, by which is judged.
 * `repairable`: none does, but a candidate of another kind does. `failed`: none does, or the figures are in doubt. `ungated`: no limit is set.
 */
export type Verdict = 'passed' | 'inconclusive' | 'repairable' | 'failed' | 'ungated';
/** A run's verdict: the gravest of its models', or `error` where a model was refused. */
export type RunVerdict = Verdict | 'error';
/** The verdict on a whole run of models, `refused` of which could not be evaluated. */
export declare function runVerdict(models: readonly Verdict[], refused: number): RunVerdict;
export interface GateResult {
    verdict: Verdict;
    /** Index of the candidate to ship; for `inconclusive` the one that more images would decide on, for `repairable` the one of another kind that would meet the limits. */
    recommended: number | null;
    /** Index of the accepted candidate that was chosen on validation and does not hold on test; null if there is none. */
    failedOnTest: number | null;
    /** The last split that the recommended candidate had to meet. */
    judgedOn: SplitName;
    rules: Rule[];
    /** Why nothing can pass whatever the figures; absent if nothing is in the way. */
    doubt?: Doubt;
}
/** The change of one candidate's figures on each split. */
export type Changes = Record<SplitName, Change>;
/** Holds the figures of one net, whatever they were before, against every limit that is set on them. */
export declare function checkLimits(figures: Figures, limits: Limits): Omit<Rule, 'candidate' | 'split'>[];
/**
 * The verdict on a model: the best accepted candidate on validation is recommended and must hold on test, if there is a test split.
 * `changes` stand in the order of the candidates; what cannot be compared does not meet a limit on its change.
 * Where no attack was measured, or the figures are in doubt, nothing is recommended, so nothing passes.
 */
export declare function gate(candidates: readonly Candidate[], limits: Limits, accept: readonly Kind[], changes?: readonly Changes[], doubt?: Doubt | null): GateResult;
