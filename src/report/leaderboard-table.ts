import { csvLines, drawn } from './columns.ts';
import { drawnMarkdown } from './drawn-markdown.ts';
import { code, latex, middle, plainText } from './escape.ts';
import { leaderboardColumns, type LeaderboardStyle, longestName } from './leaderboard-columns.ts';
import type { Leaderboard } from './record/leaderboard.ts';

const mostNotes = 20;

/** What a terminal shows, but for colours. */
export const plainStyle: LeaderboardStyle = { name: plainText, text: plainText, dash: '–', minus: '−' };
const markdownStyle: LeaderboardStyle = {
  name: code,
  text: (text) => text.replaceAll('|', '\\|'),
  dash: '–',
  minus: '−',
};
const latexStyle: LeaderboardStyle = {
  name: (text) => `\\texttt{${latex(text)}}`,
  text: latex,
  dash: '--',
  minus: '$-$',
};

export function leaderboardMarkdown(board: Leaderboard): string {
  const table = drawnMarkdown(drawn(leaderboardColumns(board, markdownStyle), board.standings));
  return `${table}\n\n${leaderboardNotes(board, code).join(' ')}\n`;
}

/** A head in two lines where it has several words. */
export const twoLines = (head: string): string => head.replace(/,? (?=\S+$)/, '\n');

/** A table for a paper, no wider than its column; it needs the packages booktabs and graphicx. */
export function leaderboardLatex(board: Leaderboard): string {
  const { head, rows, right } = drawn(leaderboardColumns(board, latexStyle), board.standings);
  const line = (cells: readonly string[]) => `  ${cells.join(' & ')} \\\\`;
  const sides = right.map((side) => (side ? 'r' : 'l'));
  const stacked = head.map((cell, column) =>
    cell.includes(' ') ? `\\shortstack[${sides[column]}]{${twoLines(cell).replace('\n', '\\\\')}}` : cell,
  );
  return [
    '% \\usepackage{booktabs, graphicx}',
    ...(rows.flat().some((cell) => /[^\u0000-\u017f]/.test(cell))
      ? ['% Names in other scripts: compile with XeLaTeX or LuaLaTeX, and a font that has them.']
      : []),
    '\\noindent\\resizebox{\\ifdim\\width>\\linewidth\\linewidth\\else\\width\\fi}{!}{%',
    `\\begin{tabular}{${sides.join('')}}`,
    '  \\toprule',
    line(stacked),
    '  \\midrule',
    ...rows.map(line),
    '  \\bottomrule',
    '\\end{tabular}}',
    ...leaderboardNotes(board, plainText).map((note) => `% ${note}`),
  ]
    .join('\n')
    .concat('\n');
}

/** All figures with their counts, a row for each model and columns for each attack; names in full but on one line. */
export const leaderboardCsv = (board: Leaderboard): string =>
  [...csvLines(leaderboardColumns(board, plainStyle), board.standings)].join('');

/** What a reader needs beside the table, a sentence each; `name` writes foreign names. */
export function leaderboardNotes({ standings, notes }: Leaderboard, name: (text: string) => string): string[] {
  const splits = [...new Set(standings.flatMap(({ candidate, split }) => (candidate === null ? [] : [split])))];
  const apart = standings.filter(({ notComparable }) => notComparable !== null);
  const other = apart
    .slice(0, mostNotes)
    .map(
      ({ report, model, notComparable }) =>
        `Not comparable: ${name(middle(model, longestName))} of ${name(middle(report, longestName))} (${notComparable}).`,
    );
  return [
    `Best first: by verdict, then by the figures of the recommended candidate, else of the submitted net: accuracy, ASR, channels pruned.${splits.length === 1 ? ` All on ${splits[0]} images.` : ''}`,
    ...(standings.length > 1
      ? ['Changes in points: since the model of the same path in the first report, else since the first model there.']
      : []),
    ...other,
    ...(apart.length > mostNotes ? [`${apart.length - mostNotes} more are not comparable.`] : []),
    ...notes.map(
      ({ report, said, counted }) =>
        `${name(middle(report, longestName))} says ${said}; by its own counts and settings it is ${counted}.`,
    ),
  ];
}
