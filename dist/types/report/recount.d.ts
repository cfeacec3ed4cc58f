import type { Kind } from '../config.ts';
import { type Limits } from '../gate.ts';
import { type Baseline } from './baseline.ts';
import { type ModelReport, type Report } from './report.ts';
/** Reads somebody's report.json; `name` is how messages call it. Throws `report-version` or `report-invalid`. */
export declare function parseReport(text: string, name: string): Report;
/** A model's verdict again, from the counts alone: no percentage, rule or verdict of the report is believed. Throws `report-invalid`. */
export declare function recount(model: ModelReport, limits: Limits, accept: readonly Kind[], since: {
    baseline: Baseline;
    data: string;
} | null): ModelReport;
