import { type Column } from './columns.ts';
import type { ModelReport } from './record/report.ts';
type Step = ModelReport['sweep']['steps'][number];
/** How a table of the sweep is written. */
export interface SweepTable {
    /** Heads the number of channels that are pruned. */
    pruned: string;
    /** Attacks up to which each has columns of its own; of more there is the highest ASR alone. */
    mostAttacks: number;
    share: (rate: number, part: number, whole: number) => string;
}
/** What is said of a step of the sweep: a column an entry, for all its tables and sweep.csv. */
export declare function sweepColumns({ sweep, ranking, checkpoints }: ModelReport, table: SweepTable): Column<Step>[];
/** The table of Markdown. */
export declare const markdownSweep: SweepTable;
export {};
