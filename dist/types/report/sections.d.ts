import type { ModelReport, Report } from './record/report.ts';
export declare const marks: Record<Report['verdict'], string>;
/** One line for each model: its verdict and the figures behind it. */
export declare function overview({ models }: Report): string;
/** Every candidate with all its figures: report.md's table. */
export declare function candidateTable({ candidates, gate }: ModelReport): string;
/** How sure the figures are; the defense effectiveness rating: 1 is a removed backdoor at no cost, 0.5 no effect; and triggered images that get their true class. */
export declare function certaintyTable({ candidates }: ModelReport): string;
/** The limits in words, and on which images they were held. */
export declare function limits({ gate }: ModelReport): string;
/** The findings as a list under their heading; empty if there are none. */
export declare function findingList(model: ModelReport): string;
/** The findings in words, safe inside Markdown and HTML. */
export declare function findingSentences(model: ModelReport): string[];
/** GitHub draws this block; xychart has no legend, so the line above it names the lines. */
export declare function mermaid({ sweep }: ModelReport): string;
/** Every step of the sweep. */
export declare function sweepTable({ sweep, checkpoints, ranking }: ModelReport): string;
/** The images of the validation split: how many of each sort. */
export declare function sizes({ sweep: { clean, poisoned } }: ModelReport): string;
/** A part that opens on a click. */
export declare const folded: (summary: string, content: string) => string;
