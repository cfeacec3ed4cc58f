import { markdownTable } from 'markdown-table';
import type { Drawn } from './columns.ts';

/** A table in GitHub's Markdown. */
export const drawnMarkdown = ({ head, rows, right }: Drawn): string =>
  markdownTable([head, ...rows], { align: right.map((side) => (side ? 'r' : 'l')) });
