import { markdownTable } from 'markdown-table';
import { code, csvCell, latex, middle, plainText } from './escape.ts';
import { figuresOf, type Leaderboard, type Standing } from './record/leaderboard.ts';
import { candidateName } from './wording.ts';

const longestName = 48,
  mostNotes = 20;

/** How a table writes foreign names and its own words. */
interface Style {
  name: (text: string) => string;
  text: (text: string) => string;
  dash: string;
  minus: string;
}

const numeric = new Set([
  '#',
  'channels pruned',
  'accuracy, %',
  '95% interval',
  'highest ASR, %',
  'accuracy change',
  'ASR change',
]);
type Column = [head: string, cell: (standing: Standing, place: number) => string];

/** The cells of the table, its head first: the same columns in every format for reading. */
export function leaderboardCells({ standings, first }: Leaderboard, style: Style): string[][] {
  const several = (value: (standing: Standing) => unknown) => new Set(standings.map(value)).size > 1;
  const optional = (wanted: boolean, column: Column): Column[] => (wanted ? [column] : []);
  const name = (text: string) => style.name(middle(text, longestName));
  const points = (value: number | null) => (value === null ? style.dash : value.toFixed(2));
  const signed = (value: number | null) =>
    value === null ? style.dash : `${value < 0 ? style.minus : '+'}${Math.abs(value).toFixed(2)}`;
  const splits = several(({ split }) => split);
  const columns: Column[] = [
    ['#', (_, place) => String(place + 1)],
    ['model', ({ model }) => name(model)],
    ...optional(
      several(({ report }) => report),
      ['report', ({ report }) => name(report)],
    ),
    ['verdict', ({ verdict }) => style.text(verdict === 'error' ? 'not evaluated' : verdict)],
    [
      'figures of',
      ({ candidate, split }) =>
        candidate === null ? style.dash : style.text(`${candidateName(candidate)}${splits ? `, ${split}` : ''}`),
    ],
    ['channels pruned', ({ candidate }) => (candidate === null ? style.dash : String(candidate.channelsPruned))],
    ['accuracy, %', (standing) => points(figuresOf(standing)?.accuracy ?? null)],
    [
      '95% interval',
      (standing) =>
        figuresOf(standing)
          ?.accuracyInterval?.map((bound) => bound.toFixed(1))
          .join(style.text('–')) ?? style.dash,
    ],
    ['highest ASR, %', (standing) => points(figuresOf(standing)?.maxAsr ?? null)],
    ...optional(
      standings.some((standing) => Object.keys(figuresOf(standing)?.poisoned ?? {}).length > 1),
      ['of attack', ({ worstAttack }) => (worstAttack === null ? style.dash : name(worstAttack))],
    ),
    ...optional(standings.length > 1, [
      'accuracy change',
      (standing) =>
        standing === first
          ? style.text('first')
          : standing.notComparable === null
            ? signed(standing.accuracyChange)
            : style.text('other data'),
    ]),
    ...optional(standings.length > 1, ['ASR change', ({ asrChange }) => signed(asrChange)]),
  ];
  return [
    columns.map(([head]) => style.text(head)),
    ...standings.map((standing, place) => columns.map(([, cell]) => cell(standing, place))),
  ];
}

/** Which columns of a table hold numbers. */
export const isNumeric = (head: string): boolean => numeric.has(head.replaceAll('\\', ''));

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

export function leaderboardMarkdown(board: Leaderboard): string {
  const [head, ...rows] = leaderboardCells(board, {
    name: code,
    text: (text) => text.replaceAll('|', '\\|'),
    dash: '–',
    minus: '−',
  });
  return `${markdownTable([head!, ...rows], { align: head!.map((cell) => (isNumeric(cell) ? 'r' : 'l')) })}\n\n${leaderboardNotes(board, code).join(' ')}\n`;
}

/** A head in two lines where it has several words. */
export const twoLines = (head: string): string => head.replace(/,? (?=\S+$)/, '\n');

/** A table for a paper, no wider than its column; it needs the packages booktabs and graphicx. */
export function leaderboardLatex(board: Leaderboard): string {
  const [head, ...rows] = leaderboardCells(board, {
    name: (text) => `\\texttt{${latex(text)}}`,
    text: (text) => latex(text),
    dash: '--',
    minus: '$-$',
  });
  const line = (cells: readonly string[]) => `  ${cells.join(' & ')} \\\\`;
  const side = (cell: string) => (isNumeric(cell) ? 'r' : 'l');
  const stacked = head!.map((cell) =>
    cell.includes(' ') ? `\\shortstack[${side(cell)}]{${twoLines(cell).replace('\n', '\\\\')}}` : cell,
  );
  return [
    '% \\usepackage{booktabs, graphicx}',
    ...(rows.flat().some((cell) => /[^\u0000-\u017f]/.test(cell))
      ? ['% Names in other scripts: compile with XeLaTeX or LuaLaTeX, and a font that has them.']
      : []),
    '\\noindent\\resizebox{\\ifdim\\width>\\linewidth\\linewidth\\else\\width\\fi}{!}{%',
    `\\begin{tabular}{${head!.map(side).join('')}}`,
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

/** All figures with their counts, a row for each model and columns for each attack: RFC 4180, names in full but on one line. */
export function leaderboardCsv({ standings }: Leaderboard): string {
  const attacks = [...new Set(standings.flatMap((standing) => Object.keys(figuresOf(standing)?.poisoned ?? {})))];
  const head = [
    'place',
    'report',
    'model',
    'verdict',
    'kind',
    'checkpoint',
    'split',
    'channels_pruned',
    'clean',
    'correct',
    'accuracy',
    'accuracy_low',
    'accuracy_high',
    'max_asr',
    'worst_attack',
    'accuracy_change',
    'asr_change',
    'against_report',
    'against_model',
    'not_comparable',
    ...attacks.flatMap((attack) => [`poisoned_${attack}`, `hits_${attack}`, `asr_${attack}`]),
  ];
  const rows = standings.map((standing, place) => {
    const { report, model, verdict, candidate, split, worstAttack, accuracyChange, asrChange, against, notComparable } =
      standing;
    const figures = figuresOf(standing);
    return [
      place + 1,
      plainText(report),
      plainText(model),
      verdict,
      candidate?.kind,
      candidate?.checkpoint,
      candidate && split,
      candidate?.channelsPruned,
      figures?.clean,
      figures?.correct,
      figures?.accuracy,
      ...(figures?.accuracyInterval ?? [null, null]),
      figures?.maxAsr,
      worstAttack,
      accuracyChange,
      asrChange,
      against && plainText(against.report),
      against && plainText(against.model),
      notComparable,
      ...attacks.flatMap((attack) => [figures?.poisoned[attack], figures?.hits[attack], figures?.asr[attack]]),
    ];
  });
  return [head, ...rows].map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
}
