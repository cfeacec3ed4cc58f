import type { Kind } from '../settings/config.ts';
import type { ModelReport, Report } from './record/report.ts';
/** The accepted kinds that a report was made with. */
export declare const acceptedKinds: (report: Pick<Report, "config">) => Kind[];
/** report.md's table. */
export declare const candidateTable: (model: ModelReport) => string;
export declare const certaintyTable: (model: ModelReport) => string;
export declare const gateTable: (model: ModelReport, accepted: readonly Kind[]) => string;
