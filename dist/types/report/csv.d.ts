import type { ModelReport } from './record/report.ts';
/** One row for each step of the sweep, percentages in full precision beside their counts. RFC 4180; attack names need no quotes. */
export declare const sweepCsv: (model: ModelReport) => string;
/** The rows of `sweepCsv`, one after the other. */
export declare function sweepRows({ ranking, sweep }: ModelReport): Generator<string>;
