import type { Column } from './columns.ts';
import type { ModelReport } from './record/report.ts';
/** A reversed trigger of a round. */
interface TriggerRow {
    round: number;
    target: number;
    l1: number;
    success: number;
    anomalyIndex: number | null;
    isUnlearned: boolean;
}
/** The classes with the smallest masks, round by round. */
export declare const triggerRows: ({ unlearning }: ModelReport) => TriggerRow[];
/** What is said of a reversed trigger: a column an entry. */
export declare const triggerColumns: Column<TriggerRow>[];
/** What the table says, and what it does not. */
export declare const triggerWords: string;
export {};
