import type { Kind } from '../settings/config.ts';
import type { Column } from './columns.ts';
import { type FigureStyle } from './figure-columns.ts';
import type { CandidateReport, ModelReport } from './record/report.ts';
type Rule = ModelReport['gate']['rules'][number];
/** A table of candidates: the terminal's, the two of report.md, the summary's with the gate's view, and that of report.html. */
export interface CandidateTable extends FigureStyle {
    name: 'terminal' | 'figures' | 'certainty' | 'gate' | 'page';
    candidate: (candidate: CandidateReport, recommended: boolean) => string;
    /** Keeps a name and its number on one line, where columns are narrow. */
    joined: (text: string) => string;
    /** How far a limit is met or missed. */
    margin: (rule: Rule) => string;
}
/** What is said of a candidate: a column an entry, for all tables of candidates. Those for people who ship one need the kinds that are accepted. */
export declare function candidateColumns({ candidates, gate }: ModelReport, table: CandidateTable, accepted?: readonly Kind[]): Column<CandidateReport>[];
/** A limit and how far it is met (+) or missed (−), in points. */
export declare function marginText({ metric, actual, limit }: Rule, joined?: (text: string) => string): string;
export declare const signed: (points: number) => string;
export {};
