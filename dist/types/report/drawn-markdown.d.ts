import type { Drawn } from './columns.ts';
/** A table in GitHub's Markdown. */
export declare const drawnMarkdown: ({ head, rows, right }: Drawn) => string;
