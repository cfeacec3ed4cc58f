import type { ModelReport } from '../record/report.ts';
/** The candidates side by side as a picture that is still legible at the width of a column: 480 pixels wide. */
export declare function comparisonSvg(model: ModelReport): string;
