import type { Kind } from '../../settings/config.ts';
import { type Declared } from '../../verdict/doubt.ts';
import type { Limits } from '../../verdict/metric-table.ts';
import { type Baseline } from './baseline.ts';
import { type ModelReport, type Report } from './report.ts';
import { type Json } from './versioned.ts';
/** Reads somebody's report.json; `name` is how messages call it. Throws `report-version`, `report-size` or `report-invalid`. */
export declare function parseReport(json: Json, name: string): Report;
/** A value of `parseJson` as a report. Throws `report-version` or `report-invalid`. */
export declare const checkReport: (value: unknown, name: string) => Report;
/** What only a model's file can tell of its net: as its findings have it. */
export declare function recordedDeclared({ findings }: ModelReport): Declared;
/** A model's verdict again, from its candidates' counts alone: none of their percentages, no rule or verdict is believed. The sweep stays as it is. Throws `report-invalid`. */
export declare function recount(model: ModelReport, limits: Limits, accept: readonly Kind[], since: {
    baseline: Baseline;
    data: string;
} | null): ModelReport;
