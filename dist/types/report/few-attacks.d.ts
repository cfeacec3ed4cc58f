import type { ModelReport } from './record/report.ts';
/** Attacks that a table has columns for. */
export declare const mostAttacks = 4;
/** A model for tables that have a column for each attack: where there are too many, each set of figures has the attack with its highest ASR alone, under one name for all. */
export declare function fewAttacks(model: ModelReport): ModelReport;
