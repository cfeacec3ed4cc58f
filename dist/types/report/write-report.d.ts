import type { Output } from '../output/output.ts';
import { type Report } from './record/report.ts';
/** The files of a report besides report.html, with their places in the output folder, one after the other; report.json stands last, so that it lists only what is there. */
export declare function reportFiles(report: Report): Generator<[path: string, content: string]>;
/** The tables and pictures of a report, each drawn in parts when it is asked for. */
export declare function drawings(report: Report): Generator<[path: string, parts: () => Iterable<string>]>;
/** The paths of a report's files for models in these folders. */
export declare function reportPaths(folders: readonly string[]): string[];
/** What a door tells people of a report, where it has words of its own. */
export declare const commentName = "comment.md";
/** Stages all of a report's files, report.html being `html`; report.json is the last to appear. `signal` ends it between two files. */
export declare function stageReport(report: Report, html: string, output: Output, signal: AbortSignal | undefined): Promise<void>;
