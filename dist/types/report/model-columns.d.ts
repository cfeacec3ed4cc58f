import type { Column } from './columns.ts';
import type { ModelReport, Report } from './record/report.ts';
export declare const marks: Record<Report['verdict'], string>;
/** What is said of a model among others: its verdict and the figures behind it. `model` writes its path, `asr` heads its ASR. */
export declare function modelColumns(model: Column<ModelReport>['cell'], asr: string): Column<ModelReport>[];
