import type { ModelReport, Report } from './record/report.ts';
/** One line for each model: its verdict and the figures behind it. */
export declare const overview: ({ models }: Report) => string;
/** The limits in words, and on which images they were held. */
export declare function limits({ gate }: ModelReport): string;
/** The findings as a list under a heading; empty if there are none. */
export declare function findingList(model: ModelReport, heading: string): string;
/** The findings in words, safe inside Markdown and HTML. */
export declare function findingSentences(model: ModelReport): string[];
/** GitHub draws this block; xychart has no legend, so the line above it names the lines. */
export declare function mermaid({ sweep }: ModelReport): string;
/** Every step of the sweep; all of its cells stand to the right. */
export declare function sweepTable(model: ModelReport): string;
/** The images of the validation split: how many of each sort. */
export declare function sizes({ sweep: { clean, poisoned } }: ModelReport): string;
/** A part that opens on a click. */
export declare const folded: (summary: string, content: string) => string;
