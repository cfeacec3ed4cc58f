import type { ModelReport } from './report.ts';
/** The candidates side by side: accuracy and highest ASR in percent, on validation and, where there is one, on the test split. */
export declare function comparisonSvg(model: ModelReport): string;
