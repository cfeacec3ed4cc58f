import type { Report } from './record/report.ts';
/** report.md: the verdict first, then what it rests on. Every foreign name is escaped. */
export declare function markdown(report: Report): string;
