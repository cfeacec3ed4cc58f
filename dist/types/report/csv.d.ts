import type { ModelReport } from './report.ts';
/** One row for each step of the sweep, percentages in full precision beside their counts. RFC 4180; attack names need no quotes. */
export declare function sweepCsv({ ranking, sweep }: ModelReport): string;
