import type { Config } from '../../settings/config.ts';
import { type Source } from '../../settings/resolve-config.ts';
import { type Baseline } from './baseline.ts';
import { type ModelReport, type Report } from './report.ts';
/**
 * The report again from nothing but its counts, mean activations, hashes and settings, by the code that made it: every percentage, interval, order,
 * checkpoint, verdict and finding. What only the data can tell (labels, the net's own layers) stays as recorded, and so do changes since a
 * baseline that is null. Throws `report-invalid` for counts that no run can have.
 */
export declare function recomputed(report: Report, baseline: Baseline | null): Report;
/** What figures are judged by. */
export interface Judging {
    config: Config;
    sources: Record<string, Source>;
    /** Null where there is none, or none that can be read. */
    baseline: Baseline | null;
}
/** What a report says that its models were judged by. Throws `report-invalid`. */
export declare function judgingOf(report: Report, baseline: Baseline | null): Judging;
/** Where a model's part of a report first says otherwise than its counts do, in words; null where it nowhere does. */
export declare function contradiction(model: ModelReport, inputs: Report['inputs'], judging: () => Judging): string | null;
