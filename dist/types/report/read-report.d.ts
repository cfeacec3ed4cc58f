import type { Baseline } from './baseline.ts';
/** Reads the report of an earlier run. Throws GoodnetError. */
export declare function readBaseline(path: string, name: string): Baseline;
/** An earlier run's report with its figures made again from the counts. Throws `report-version` or `report-invalid`. */
export declare function parseBaseline(text: string, name: string): Baseline;
