import type { Report } from './report.ts';
/** How much is shown of each model: everything, everything without the sweep's steps, the table and what follows from it, or one line. */
export type Detail = 'sweep' | 'chart' | 'table' | 'line';
export interface SummaryOptions {
    detail: Detail;
    /** Lines of Markdown at the end: where the files are, what went wrong beside the verdict. */
    notes: readonly string[];
    /** Models shown at most; the others are counted. */
    most?: number;
}
/** A run for people, verdict first: what a job's page and a pull request show. Every foreign name is escaped. */
export declare function runSummary(report: Report, { detail, notes, most }: SummaryOptions): string;
/** The first variant that is short enough, by `size`; the last one cut down to as many models as fit. */
export declare function fitting(report: Report, notes: readonly string[], details: readonly Detail[], fits: (text: string) => boolean): string;
