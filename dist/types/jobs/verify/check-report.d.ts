import { type Bundle, type Remark } from './bundle.ts';
import type { Report } from '../../report/record/report.ts';
import { type InputPlace } from './verify-inputs.ts';
/** What a report comes to when it is held against the manifest, against its own counts and against what was drawn of it. */
export interface ReportCheck {
    models: number;
    /** From the counts; null where they are those of no run. */
    verdict: Report['verdict'] | null;
    differences: Remark[];
    unchecked: Remark[];
}
/** Holds a report against all that the folder says besides. `version` is that of this goodnet. */
export declare function checkReport(report: Report, bundle: Bundle, place: InputPlace, version: string): ReportCheck;
