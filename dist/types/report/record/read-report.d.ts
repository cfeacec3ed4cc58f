import type { Baseline } from './baseline.ts';
import type { Report } from './report.ts';
import type { Scan } from './scan.ts';
/** Reads somebody's report.json; its figures are to be made again from its counts. Throws GoodnetError. */
export declare const readReport: (path: string, name: string) => Report;
/** Reads somebody's scan.json; what can be made again of it is to be. Throws GoodnetError. */
export declare const readScan: (path: string, name: string) => Scan;
/** Reads the report of an earlier run. Throws GoodnetError. */
export declare const readBaseline: (path: string, name: string) => Baseline;
/** An earlier run's report in memory. Throws `report-version`, `report-size` or `report-invalid`. */
export declare function parseBaseline(text: string | Uint8Array, name: string): Baseline;
