import pc from 'picocolors';
import { doubtOf } from '../verdict/doubt.ts';
import type { Evaluation } from '../jobs/evaluate.ts';
import type { Inspection } from '../jobs/inspect/inspect.ts';
import type { Probe } from '../jobs/inspect/probe.ts';
import { middle, plainText } from '../report/escape.ts';
import { mostAttacks } from '../report/few-attacks.ts';
import type { Leaderboard } from '../report/record/leaderboard.ts';
import { isNumeric, leaderboardCells, leaderboardNotes, twoLines } from '../report/leaderboard-table.ts';
import type { ModelReport } from '../report/record/report.ts';
import { doubtText, sentence, verdictLine } from '../report/wording.ts';
import type { Finding } from '../report/record/findings.ts';
import { table } from './table.ts';

type Figures = Pick<ModelReport['candidates'][number]['validation'], 'accuracy' | 'maxAsr' | 'asr'>;

/** Letters of a name in a table or beside it, and in the head of a column. */
const longestName = 60,
  longestHead = 24;

/** A foreign name that leaves a table its shape. */
const short = (name: string, most = longestName): string => plainText(middle(name, most));

const points = (value: number | null): string => (value === null ? '–' : value.toFixed(2));

/** Words to the left, numbers to the right of them. */
const from =
  (first: number) =>
  (column: number): boolean =>
    column >= first;

function perSplit(attacks: readonly string[], splits: readonly (string | null)[]): string[] {
  const asr =
    attacks.length > mostAttacks
      ? ['highest ASR']
      : attacks.length > 1
        ? attacks.map((attack) => `ASR ${short(attack, longestHead)}`)
        : attacks.length === 1
          ? ['ASR']
          : [];
  return splits.flatMap((split) =>
    split === null ? [] : ['accuracy', ...asr].map((name) => (split === '' ? name : `${name}\n${split}`)),
  );
}

const cells = (attacks: readonly string[], figures: Figures | null): string[] =>
  figures === null
    ? []
    : [
        points(figures.accuracy),
        ...(attacks.length > mostAttacks
          ? [points(figures.maxAsr)]
          : attacks.map((attack) => points(figures.asr[attack] ?? null))),
      ];

/** The candidates of one model side by side, and its verdict, for a terminal of so many columns. */
export function candidateTable(model: ModelReport, columns?: number): string {
  const attacks = Object.keys(model.sweep.poisoned);
  const hasTest = model.candidates[0]!.test !== null;
  const head = ['candidate', 'channels\npruned', ...perSplit(attacks, ['validation', hasTest ? 'test' : null])];
  const rows = model.candidates.map((candidate, i) => {
    const name = candidate.checkpoint === null ? candidate.kind : `${candidate.kind} X=${candidate.checkpoint}`;
    const row = [
      name,
      String(candidate.channelsPruned),
      ...cells(attacks, candidate.validation),
      ...cells(attacks, candidate.test),
    ];
    return i === model.gate.recommended ? row.map((cell) => pc.green(cell)) : row;
  });
  const color = model.gate.verdict === 'passed' ? pc.green : model.gate.verdict === 'ungated' ? pc.cyan : pc.red;
  const notes = model.findings.map(
    (finding) => `- ${sentence(shortNames(finding as Finding), { ...model, layer: short(model.layer) })}`,
  );
  return [
    pc.bold(plainText(model.path)),
    table({ head, rows, right: from(1) }, columns),
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
  const head = ['model', 'outputs', ...perSplit(attacks, first.test === null ? [''] : ['validation', 'test'])];
  const rows = models.map((model) => [
    short(model.path),
    String(model.outputs),
    ...cells(attacks, model.validation),
    ...cells(attacks, model.test),
  ]);
  return `${table({ head, rows, right: from(1) }, columns)}\nin percent, on ${sizes(first.validation)}${first.test === null ? '' : ' validation'} images${first.test === null ? '' : ` and ${sizes(first.test)} test images`}`;
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
  const [head, ...cells] = leaderboardCells(board, { name: plainText, text: plainText, dash: '–', minus: '−' });
  const color = { passed: pc.green, repairable: pc.yellow, ungated: pc.cyan, failed: pc.red, error: pc.red };
  const rows = cells.map((row, i) =>
    row.map((cell) => (cell === board.standings[i]!.verdict ? color[board.standings[i]!.verdict](cell) : cell)),
  );
  return `${table({ head: head!.map(twoLines), rows, right: (column) => isNumeric(head![column]!) }, columns)}\n${leaderboardNotes(board, plainText).join('\n')}\n`;
}

/** The layers of a model and what would be pruned. */
export function inspectionTable(model: Inspection): string {
  const rows = model.layers.map((layer) => {
    const prunable =
      layer.obstacle === null
        ? pc.green('yes')
        : layer.obstacle === 'it yields the classes'
          ? 'yields the classes'
          : '';
    return [short(layer.name), layer.className, layer.shape.join('x'), layer.parameters.toLocaleString('en'), prunable];
  });
  const { choice } = model;
  const doubt = doubtOf(model);
  const reason =
    choice?.reason == null
      ? []
      : [
          plainText(
            sentence({ code: 'default-layer', reason: choice.reason }, { ...choice, layer: short(choice.layer) }),
          ),
        ];
  const chosen =
    choice === null
      ? plainText(model.problem ?? '')
      : `prunes the ${choice.channels} ${choice.prunes === 'outputs' ? 'output' : 'input'} channels of ${short(choice.layer)}, ranked at ${short(choice.rankLayer)}`;
  return [
    `${pc.bold(plainText(model.path))}: ${model.dialect === 'keras3' ? 'Keras 3' : 'Keras 2'}, input ${model.inputShape.join('x')}, ${model.classes} classes`,
    table({ head: ['layer', 'class', 'output', 'parameters', 'prunable'], rows, right: from(2) }),
    chosen,
    ...reason,
    ...(doubt === null ? [] : [`No gate passes this net: ${doubtText(doubt)}.`]),
  ].join('\n');
}

/** How well the net answers clean images, prepared in the usual ways, and what follows. */
export function probeTable({ trials, best, close, verdict }: Probe): string {
  const head = ['layout', 'pixels', 'scale', 'mean', ...(verdict === 'set' ? ['std'] : []), 'accuracy'];
  const rows = trials.map((trial, i) => {
    const row = [
      trial.layout,
      trial.range,
      String(trial.scale),
      trial.mean.join(' '),
      ...(verdict === 'set' ? [trial.std.join(' ')] : []),
      points(trial.accuracy),
    ];
    return i === best && verdict !== 'none' ? row.map((cell) => pc.green(cell)) : row;
  });
  const name = (i: number) => `${trials[i]!.range}, ${trials[i]!.layout}`;
  const words = {
    right: `Right: pixels ${name(best)}.`,
    close: `Most accurate: pixels ${name(best)}. These images cannot tell it from ${close.map(name).join(' and ')}: compare with the accuracy that you know from training.`,
    set: 'This is what the settings say, and all that was tried.',
    none: 'None of these is right: the net does no better than if it always answered the most frequent class. It may want a mean and standard deviation for each channel (`--mean`, `--std`), channels in another order, or the labels are numbered otherwise.',
  };
  return [
    `${trials[0]!.images} clean images, accuracy in percent:`,
    table({ head, rows, right: from(2) }),
    words[verdict],
  ].join('\n');
}
