import { type Baseline } from './baseline.ts';
import type { Report } from './report.ts';
/**
 * The report again from nothing but its counts, mean activations, hashes and settings, by the code that made it: every percentage, interval, order,
 * checkpoint, verdict and finding. What only the data can tell (labels, the net's own layers) stays as recorded, and so do changes since a
 * baseline that is null. Throws `report-invalid` for counts that no run can have.
 */
export declare function recomputed(report: Report, baseline: Baseline | null): Report;
