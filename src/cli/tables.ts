import pc from 'picocolors';
import type { Evaluation } from '../jobs/evaluate.ts';
import type { Inspection } from '../jobs/inspect/inspect.ts';
import type { Probe, Trial } from '../jobs/inspect/probe.ts';
import { choiceWords, doubtWords, layerColumns, netWords, probeWords, short } from '../jobs/inspect/words.ts';
import { candidateColumns, type CandidateTable, marginText } from '../report/candidate-columns.ts';
import { type Column, type Drawn, drawn } from '../report/columns.ts';
import { plainText } from '../report/escape.ts';
import { mostAttacks } from '../report/few-attacks.ts';
import { figureColumns, type FigureStyle } from '../report/figure-columns.ts';
import { leaderboardColumns } from '../report/leaderboard-columns.ts';
import { leaderboardNotes, plainStyle, twoLines } from '../report/leaderboard-table.ts';
import type { Finding } from '../report/record/findings.ts';
import type { Leaderboard } from '../report/record/leaderboard.ts';
import type { ModelReport } from '../report/record/report.ts';
import { candidateName, sentence, verdictLine } from '../report/wording.ts';
import type { RunVerdict } from '../verdict/gate.ts';
import { table } from './table.ts';

/** Letters of a name in the head of a column. */
const longestHead = 24;

const points = (value: number | null): string => (value === null ? '–' : value.toFixed(2));

/** How the terminal writes what nets answered: in percent, without the sign. */
const figureStyle: FigureStyle = {
  mostAttacks,
  head: (words, split) => (split === null ? words : `${words}\n${split}`),
  ofAttack: (figure, attack, of) => (of === 1 ? figure : `${figure} ${short(attack, longestHead)}`),
  share: ({ rate }) => points(rate),
  ratings: false,
};

const candidateStyle: CandidateTable = {
  ...figureStyle,
  name: 'terminal',
  candidate: candidateName,
  joined: (text) => text,
  margin: marginText,
};

const upright = ({ head, rows, right }: Drawn, columns?: number): string =>
  table({ head, rows, right: (column) => right[column]! }, columns);

/** The candidates of one model side by side, and its verdict, for a terminal of so many columns. */
export function candidateTable(model: ModelReport, columns?: number): string {
  const { gate } = model;
  const cells = drawn(candidateColumns(model, candidateStyle), model.candidates);
  const rows = cells.rows.map((row, i) => (i === gate.recommended ? row.map((cell) => pc.green(cell)) : row));
  const color = gate.verdict === 'passed' ? pc.green : gate.verdict === 'ungated' ? pc.cyan : pc.red;
  const notes = model.findings.map(
    (finding) => `- ${sentence(shortNames(finding as Finding), { ...model, layer: short(model.layer) })}`,
  );
  return [
    pc.bold(plainText(model.path)),
    upright({ ...cells, rows }, columns),
    color(verdictLine(model)),
    ...notes,
  ].join('\n');
}

const shortNames = (finding: Finding): Finding =>
  'attack' in finding && finding.attack !== null ? { ...finding, attack: short(finding.attack) } : finding;

/** Accuracy and ASR of many models, for a terminal of so many columns. */
export function evaluationTable(models: readonly Evaluation[], columns?: number): string {
  const first = models[0];
  if (first === undefined) return '';
  const attacks = Object.keys(first.validation.poisoned);
  const known = Object.keys(first.validation.robust);
  const figures = (split: 'validation' | 'test', named: boolean) =>
    figureColumns<Evaluation>((model) => model[split]!, { attacks, known, split: named ? split : null }, figureStyle);
  const evaluationColumns: Column<Evaluation>[] = [
    { head: 'model', words: true, cell: ({ path }) => short(path) },
    { head: 'outputs', cell: ({ outputs }) => String(outputs) },
    ...figures('validation', first.test !== null),
    ...(first.test === null ? [] : figures('test', true)),
  ];
  const images =
    first.test === null
      ? `${sizes(first.validation)} images`
      : `${sizes(first.validation)} validation images and ${sizes(first.test)} test images`;
  const notes = models.some(({ foldersByNumber }) => foldersByNumber)
    ? [sentence({ code: 'folders-by-number' }, { layer: '' })]
    : [];
  return [upright(drawn(evaluationColumns, models), columns), `in percent, on ${images}`, ...notes].join('\n');
}

function sizes({ clean, poisoned }: { clean: number; poisoned: Record<string, number> }): string {
  const attacks = Object.entries(poisoned);
  return [
    `${clean} clean`,
    ...(attacks.length > mostAttacks
      ? [`${attacks.reduce((sum, [, images]) => sum + images, 0)} poisoned (${attacks.length} attacks)`]
      : attacks.map(([attack, images]) => `${images} ${short(attack)}`)),
  ].join(', ');
}

/** Models of several reports, best first, for a terminal of so many columns. */
export function leaderboardTable(board: Leaderboard, columns?: number): string {
  const color = {
    passed: pc.green,
    inconclusive: pc.yellow,
    repairable: pc.yellow,
    ungated: pc.cyan,
    failed: pc.red,
    error: pc.red,
  };
  const style = { ...plainStyle, verdict: (verdict: RunVerdict) => color[verdict](verdict) };
  const cells = drawn(leaderboardColumns(board, style), board.standings);
  return `${upright({ ...cells, head: cells.head.map(twoLines) }, columns)}\n${leaderboardNotes(board, plainText).join('\n')}\n`;
}

/** The layers of a model and what would be pruned. */
export const inspectionTable = (model: Inspection): string =>
  [
    `${pc.bold(plainText(model.path))}: ${netWords(model)}`,
    upright(drawn(layerColumns(pc.green('yes')), model.layers)),
    ...choiceWords(model),
    ...doubtWords(model),
  ].join('\n');

const isDivided = ({ std }: Trial): boolean => std.some((value) => value !== 1);

/** How well the net answers clean images, prepared in the usual ways, and what follows. */
export function probeTable(probe: Probe): string {
  const { trials, best, verdict } = probe;
  const trialColumns: Column<Trial>[] = [
    { head: 'layout', words: true, cell: ({ layout }) => layout },
    { head: 'pixels', words: true, cell: ({ range }) => range },
    { head: 'folders', words: true, when: trials[0]!.folders !== null, cell: ({ folders }) => folders ?? '' },
    { head: 'scale', cell: ({ scale }) => String(scale) },
    { head: 'mean', cell: ({ mean }) => mean.join(' ') },
    { head: 'std', when: verdict === 'set' || trials.some(isDivided), cell: ({ std }) => std.join(' ') },
    { head: 'accuracy', cell: ({ accuracy }) => points(accuracy) },
  ];
  const cells = drawn(trialColumns, trials);
  const rows = cells.rows.map((row, i) => (i === best && verdict !== 'none' ? row.map((cell) => pc.green(cell)) : row));
  return [
    `${trials[0]!.images} clean images, accuracy in percent:`,
    upright({ ...cells, rows }),
    ...probeWords(probe),
  ].join('\n');
}
