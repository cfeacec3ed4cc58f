import type { ModelReport } from '../record/report.ts';
/** The sweep as a picture that is still legible at the width of a column: 480 pixels wide. */
export declare function sweepSvg(model: ModelReport): string;
