import type { Baseline } from '../../report/record/baseline.ts';
import type { Report } from '../../report/record/report.ts';
/** What a door decides of a run, beside the settings. */
export interface RunOptions {
    /** Take up the models that a stopped run in the same output folder finished, and keep those of this run if it is stopped. */
    resume?: boolean;
    /** The output folder of a scan, whose triggers the first round of unlearning takes where they are of the same net and images. */
    scan?: string;
    /** The folder in which shards left their counts, from the world's. */
    counts?: string;
    /** Measure how long unlearning would take for models that pruning does not repair. */
    estimates?: boolean;
    /** Asked before a model is opened. Throws GoodnetError for one that this door does not let in. */
    admit?: (model: string) => void;
    /** What a door tells people of the report: comment.md, one of the run's files. */
    comment?: (report: Report) => string;
    /** Further files of the run: their texts, by their names. */
    asides?: Readonly<Record<string, string>>;
    /** The plan of jobs that this run is one of. */
    plan?: string;
    /** The report that `baseline` names, where this door has read it already. */
    baseline?: Baseline;
    /** Bytes of features that all threads together keep in memory between ranking and sweep (128 MB unless given); more go to a temporary file. */
    featureBytes?: number;
}
