import type { Kind } from '../config.ts';
import type { ModelReport, Report } from './report.ts';
/** The candidates as the gate saw them, on the images that decide: figures, how far each limit is met (+) or missed (-), and whether it passes. */
export declare function gateTable(model: ModelReport, accepted: readonly Kind[]): string;
/** The accepted kinds that a report was made with. */
export declare const acceptedKinds: (report: Pick<Report, "config">) => Kind[];
