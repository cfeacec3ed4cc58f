import type { Evaluation } from '../evaluate.ts';
import type { Inspection } from '../inspect.ts';
import type { ModelReport } from '../report/report.ts';
/** The candidates of one model side by side, and its verdict. */
export declare function candidateTable(model: ModelReport): string;
/** Accuracy and ASR of many models. */
export declare function evaluationTable(models: readonly Evaluation[]): string;
/** The layers of a model and what would be pruned. */
export declare function inspectionTable(model: Inspection, reason: string | null): string;
