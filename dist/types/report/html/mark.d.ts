import type { Report } from '../record/report.ts';
/** A drawn sign of a verdict, of the size of the text; the words beside it say the same. */
export declare const mark: (verdict: Report["verdict"]) => string;
