import type { Kind } from '../settings/config.ts';
import type { CandidateReport, ModelReport, Report } from './record/report.ts';
type Rule = ModelReport['gate']['rules'][number];
/** The candidates as the gate saw them, on the images that decide: figures, how far each limit is met (+) or missed (-), and whether it passes. */
export declare function gateTable(model: ModelReport, accepted: readonly Kind[]): string;
/** The accepted kinds that a report was made with. */
export declare const acceptedKinds: (report: Pick<Report, "config">) => Kind[];
export declare const signed: (points: number) => string;
export declare const short: Record<Rule['metric'], string>;
/** Whether a candidate passes, given its rules and what is in the way of all. */
export declare function passes({ kind }: CandidateReport, rules: readonly Rule[], accepted: readonly Kind[], { doubt }: ModelReport['gate']): string;
export {};
