import type { RunVerdict } from '../../verdict/gate.ts';
import type { CandidateReport, Report } from './report.ts';
/** A report that somebody has, under the name by which it was given. */
export interface NamedReport {
    name: string;
    report: Report;
}
/** One model of one report, with the figures of the candidate that its gate recommends, else of the submitted net. */
export interface Standing {
    report: string;
    model: string;
    verdict: RunVerdict;
    /** Null for a model that was refused. */
    candidate: CandidateReport | null;
    split: 'validation' | 'test';
    /** The attack with the highest ASR; null where none was measured. */
    worstAttack: string | null;
    /** What it is compared with; null for the first model and for those that were refused. */
    against: {
        report: string;
        model: string;
    } | null;
    /** Points since then; null where there is nothing to compare. */
    accuracyChange: number | null;
    asrChange: number | null;
    /** Why it cannot be compared; null if it can. */
    notComparable: string | null;
}
export interface Leaderboard {
    /** Best first. */
    standings: Standing[];
    /** The first model of the first report: what others are compared with. */
    first: Standing;
    /** Reports whose verdict is another than that of their own counts. */
    notes: {
        report: string;
        said: RunVerdict;
        counted: RunVerdict;
    }[];
}
/**
 * Models of one or several reports, best first: by verdict (passed, inconclusive, repairable, ungated, failed, refused), then higher accuracy, lower ASR, fewer
 * channels pruned. Each is compared with the model of the same path in the first report, else with the first model there, if both were measured on
 * the same data. Figures and verdicts are made again from the counts. Throws `report-invalid` for counts that no run can have.
 */
export declare function leaderboard(reports: readonly NamedReport[]): Leaderboard;
/** The figures of a standing; null for a model that was refused. */
export declare const figuresOf: ({ candidate, split }: Standing) => CandidateReport["validation"] | null;
