import type { Evaluation } from '../evaluate.ts';
import type { Inspection } from '../inspect.ts';
import type { Probe } from '../probe.ts';
import type { ModelReport } from '../report/report.ts';
/** The candidates of one model side by side, and its verdict. */
export declare function candidateTable(model: ModelReport): string;
/** Accuracy and ASR of many models. */
export declare function evaluationTable(models: readonly Evaluation[]): string;
/** The layers of a model and what would be pruned. */
export declare function inspectionTable(model: Inspection): string;
/** How well the net answers clean images, prepared in the usual ways, and what follows. */
export declare function probeTable({ trials, best, close, verdict }: Probe): string;
