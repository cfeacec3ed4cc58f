import { markdownTable } from 'markdown-table';
import { metrics } from '../verdict/metric-table.ts';
import { percentText } from '../verdict/metrics.ts';
import type { Finding } from './record/findings.ts';
import { code, link } from './escape.ts';
import { mostAttacks } from './few-attacks.ts';
import type { CandidateReport, ModelReport, Report } from './record/report.ts';
import { candidateName, sentence, verdictLine } from './wording.ts';

export const marks: Record<Report['verdict'], string> = {
  passed: '✅',
  ungated: 'ℹ️',
  repairable: '🟠',
  failed: '❌',
  error: '⛔',
};

/** One line for each model: its verdict and the figures behind it. */
export function overview({ models }: Report): string {
  return markdownTable(
    [
      ['model', 'verdict', 'figures of', 'accuracy', 'ASR'],
      ...models.map((model) => {
        const shown = model.candidates[model.gate.recommended ?? 0]!;
        const figures = shown[model.gate.judgedOn] ?? shown.validation;
        return [
          code(model.path),
          `${marks[model.gate.verdict]} ${verdictLine(model)}`,
          `${candidateName(shown)}, ${figures === shown.test ? 'test' : 'validation'}`,
          percentText(figures.accuracy),
          percentText(figures.maxAsr),
        ];
      }),
    ],
    { align: ['l', 'l', 'l', 'r', 'r'] },
  );
}

/** Every candidate with all its figures: report.md's table. */
export function candidateTable({ candidates, gate }: ModelReport): string {
  const first = candidates[0]!;
  const attacks = Object.keys(first.validation.poisoned);
  const splits = first.test === null ? (['validation'] as const) : (['validation', 'test'] as const);
  const head = [
    'candidate',
    'channels pruned',
    ...splits.flatMap((split) => [
      `accuracy, ${split}`,
      ...attacks.map((attack) => `ASR ${code(attack)}, ${split}`),
      `rejected, ${split}`,
    ]),
    'limits',
    'file',
  ];
  const rows = candidates.map((candidate, i) => {
    const rules = gate.rules.filter((rule) => rule.candidate === i);
    const met = rules.length === 0 ? '–' : rules.every((rule) => rule.met) ? 'met' : 'not met';
    const file = candidate.file === null ? '' : `[${code(candidate.file.split('/').at(-1)!)}](${link(candidate.file)})`;
    const row = [
      candidateName(candidate),
      String(candidate.channelsPruned),
      ...splits.flatMap((split) => figureCells(candidate, candidate[split]!, attacks)),
      met,
      file,
    ];
    return i === gate.recommended ? row.map((cell, column) => (column === 0 ? `**${cell}** ★` : cell)) : row;
  });
  return markdownTable([head, ...rows], { align: ['l', ...head.slice(1, -1).map(() => 'r'), 'l'] });
}

function figureCells(
  { kind }: CandidateReport,
  figures: CandidateReport['validation'],
  attacks: readonly string[],
): string[] {
  const share = (part: number, whole: number) =>
    whole === 0 ? '–' : `${percentText((100 * part) / whole)} (${part}/${whole})`;
  const rejected =
    kind === 'goodnet'
      ? [
          `clean ${percentText((100 * figures.rejectedClean!) / figures.clean)}`,
          ...attacks.map(
            (attack) =>
              `${code(attack)} ${percentText((100 * figures.rejectedPoisoned![attack]!) / figures.poisoned[attack]!)}`,
          ),
        ].join('<br>')
      : '';
  return [
    share(figures.correct, figures.clean),
    ...attacks.map((attack) => share(figures.hits[attack]!, figures.poisoned[attack]!)),
    rejected,
  ];
}

/** How sure the figures are; the defense effectiveness rating: 1 is a removed backdoor at no cost, 0.5 no effect; and triggered images that get their true class. */
export function certaintyTable({ candidates }: ModelReport): string {
  const first = candidates[0]!;
  const attacks = Object.keys(first.validation.poisoned);
  const splits = first.test === null ? (['validation'] as const) : (['validation', 'test'] as const);
  const known = (attack: string) => attack in first.validation.robust;
  const span = (interval: [number, number] | null) =>
    interval === null ? '–' : `${interval[0].toFixed(2)} – ${interval[1].toFixed(2)}%`;
  const head = [
    'candidate',
    ...splits.flatMap((split) => [
      `accuracy, ${split}`,
      ...attacks.flatMap((attack) => [
        `ASR ${code(attack)}, ${split}`,
        `DER ${code(attack)}, ${split}`,
        ...(known(attack) ? [`RA ${code(attack)}, ${split}`] : []),
      ]),
    ]),
  ];
  const rows = candidates.map((candidate) => [
    candidateName(candidate),
    ...splits.flatMap((split) => {
      const { accuracyInterval, asrInterval, der, robust, robustAccuracy, poisoned } = candidate[split]!;
      return [
        span(accuracyInterval),
        ...attacks.flatMap((attack) => [
          span(asrInterval[attack]!),
          der[attack]?.toFixed(3) ?? '–',
          ...(known(attack) ? [`${percentText(robustAccuracy[attack]!)} (${robust[attack]}/${poisoned[attack]})`] : []),
        ]),
      ];
    }),
  ]);
  return markdownTable([head, ...rows], { align: ['l', ...head.slice(1).map(() => 'r')] });
}

/** The limits in words, and on which images they were held. */
export function limits({ gate }: ModelReport): string {
  const shown = new Set(gate.rules.map(({ metric, limit }) => metrics[metric].asks(limit)));
  if (shown.size === 0) return 'No limit is set.';
  return `Limits: ${[...shown].join(', ')}. ${gate.judgedOn === 'test' ? 'Chosen on validation, judged on test.' : 'Chosen and judged on the same images.'}`;
}

/** The findings as a list under their heading; empty if there are none. */
export function findingList(model: ModelReport): string {
  return model.findings.length === 0
    ? ''
    : ['### Findings', '', ...findingSentences(model).map((text) => `- ${text}`)].join('\n');
}

/** The findings in words, safe inside Markdown and HTML. */
export function findingSentences(model: ModelReport): string[] {
  const shielded = { ...model, layer: code(model.layer) };
  return model.findings.map((finding) => sentence(shield(finding) as Finding, shielded));
}

/** A finding whose texts cannot become markup: it may come from a report that somebody else made. Its own words are plain. */
function shield(value: unknown, key = ''): unknown {
  if (typeof value === 'string') return key === 'attack' || !/^[a-z0-9][\w-]*$/.test(value) ? code(value) : value;
  if (typeof value !== 'object' || value === null) return value;
  return Array.isArray(value)
    ? value.map((part) => shield(part))
    : Object.fromEntries(Object.entries(value).map(([name, part]) => [name, shield(part, name)]));
}

const chartPoints = 40;
/** Colours that hold on white and on black; Mermaid's own first one is nearly white. */
const palette = [
  ['blue', '#0969da'],
  ['red', '#cf222e'],
  ['green', '#1a7f37'],
  ['orange', '#bc4c00'],
  ['violet', '#8250df'],
  ['grey', '#6e7781'],
] as const;

/** GitHub draws this block; xychart has no legend, so the line above it names the lines. */
export function mermaid({ sweep }: ModelReport): string {
  const stride = Math.ceil(sweep.steps.length / chartPoints);
  const steps = sweep.steps.filter((step) => step.step % stride === 0 || step.step === sweep.steps.length - 1);
  const line = (value: (step: (typeof steps)[number]) => number) =>
    `  line [${steps.map((step) => value(step).toFixed(2)).join(', ')}]`;
  const attacks = Object.keys(sweep.poisoned);
  const chart = [
    '```mermaid',
    `%%{init: {"themeVariables": {"xyChart": {"plotColorPalette": "${palette.map(([, color]) => color).join(', ')}"}}}}%%`,
    'xychart-beta',
    '  x-axis "channels pruned" ' + `[${steps.map(({ step }) => step).join(', ')}]`,
    '  y-axis "percent" 0 --> 100',
    line((step) => step.accuracy),
    ...attacks.map((attack) => line((step) => step.asr[attack]!)),
    '```',
  ];
  const names = ['accuracy', ...attacks.map((attack) => `ASR ${code(attack)}`)].map(
    (name, i) => `${name} (${palette[i % palette.length]![0]})`,
  );
  return [`Lines of the pruned net: ${names.join(', ')}.`, '', ...chart].join('\n');
}

/** Every step of the sweep. */
export function sweepTable({ sweep, checkpoints, ranking }: ModelReport): string {
  const attacks = Object.keys(sweep.poisoned);
  const head = [
    'pruned',
    'channel',
    'mean activation',
    'accuracy',
    ...attacks.map((attack) => `ASR ${code(attack)}`),
    'GoodNet accuracy',
    ...attacks.map((attack) => `GoodNet ASR ${code(attack)}`),
    'checkpoint',
  ];
  const rows = sweep.steps.map((step) => [
    String(step.step),
    step.channel === null ? '' : String(step.channel),
    step.channel === null ? '' : ranking.meanActivation[step.channel]!.toPrecision(4),
    percentText(step.accuracy),
    ...attacks.map((attack) => percentText(step.asr[attack]!)),
    percentText(step.goodnet.accuracy),
    ...attacks.map((attack) => percentText(step.goodnet.asr[attack]!)),
    checkpoints
      .filter((checkpoint) => checkpoint.step === step.step)
      .map(({ dropPoints }) => `X=${dropPoints}`)
      .join(', '),
  ]);
  return markdownTable([head, ...rows], { align: head.map(() => 'r') });
}

/** The images of the validation split: how many of each sort. */
export function sizes({ sweep: { clean, poisoned } }: ModelReport): string {
  const attacks = Object.entries(poisoned);
  if (attacks.length > mostAttacks) return `${clean} clean validation images and those of ${attacks.length} attacks`;
  return `${[`${clean} clean`, ...attacks.map(([attack, images]) => `${images} ${code(attack)}`)].join(', ')} validation images`;
}

/** A part that opens on a click. */
export const folded = (summary: string, content: string): string =>
  `<details>\n<summary>${summary}</summary>\n\n${content}\n\n</details>`;
