import type { ModelReport, Report } from './record/report.ts';
/** What to do next about one model, in one or two sentences of Markdown. */
export declare function advice(model: ModelReport, report: Pick<Report, 'config'>): string;
/** Seconds as people say them, rounded up. */
export declare function durationText(seconds: number): string;
