import type { Report } from './record/report.ts';
/**
 * The log for code scanning: one result for each limit that a candidate of an accepted kind does not meet, where the gate is not met, one for each
 * model whose figures are in doubt, and one for each refused model; a hundred at most, the first of each model first. Source: SARIF 2.1.0 (OASIS, 2020) and what GitHub reads of it.
 */
export declare function sarif(report: Report): string;
/** Whether a text is a log that goodnet wrote, which may be replaced. */
export declare function isOwnSarif(text: string): boolean;
