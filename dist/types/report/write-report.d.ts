import type { Output } from './output.ts';
import { type Report } from './report.ts';
/** The files of a report by their place in the output folder; report.json stands last, so that it lists only what is there. */
export declare function reportFiles(report: Report): Map<string, string>;
/** The paths of the files that `reportFiles` makes for models in these folders. */
export declare function reportPaths(folders: readonly string[]): string[];
/** Stages all of a report's files; report.json is the last to appear. */
export declare function stageReport(report: Report, output: Output): void;
