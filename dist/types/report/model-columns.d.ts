import type { Column } from './columns.ts';
import type { ModelReport, Report } from './record/report.ts';
/** What is said of a model among others: its verdict and the figures behind it. `model` writes its path, `asr` heads its ASR, `mark` is put before the verdict. */
export declare function modelColumns(model: Column<ModelReport>['cell'], asr: string, mark?: (verdict: Report['verdict']) => string): Column<ModelReport>[];
