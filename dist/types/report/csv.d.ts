import type { ModelReport } from './record/report.ts';
/** One row for each step of the sweep, percentages in full precision beside their counts. */
export declare const sweepCsv: (model: ModelReport) => string;
/** The rows of `sweepCsv`, one after the other. */
export declare const sweepRows: (model: ModelReport) => Generator<string>;
