import { metrics } from '../verdict/metric-table.ts';
import { drawn } from './columns.ts';
import { drawnMarkdown } from './drawn-markdown.ts';
import { code } from './escape.ts';
import { mostAttacks } from './few-attacks.ts';
import { modelColumns } from './model-columns.ts';
import type { Finding } from './record/findings.ts';
import type { ModelReport, Report } from './record/report.ts';
import { markdownSweep, sweepColumns } from './sweep-columns.ts';
import { sentence } from './wording.ts';

/** One line for each model: its verdict and the figures behind it. */
export const overview = ({ models }: Report): string =>
  drawnMarkdown(
    drawn(
      modelColumns(({ path }) => code(path), 'ASR'),
      models,
    ),
  );

/** The limits in words, and on which images they were held. */
export function limits({ gate }: ModelReport): string {
  const shown = new Set(gate.rules.map(({ metric, limit }) => metrics[metric].asks(limit)));
  if (shown.size === 0) return 'No limit is set.';
  return `Limits: ${[...shown].join(', ')}. ${gate.judgedOn === 'test' ? 'Chosen on validation, judged on test.' : 'Chosen and judged on the same images.'}`;
}

/** The findings as a list under a heading; empty if there are none. */
export function findingList(model: ModelReport, heading: string): string {
  const sentences = findingSentences(model).map((text) => `- ${text}`);
  return sentences.length === 0 ? '' : [heading, '', ...sentences].join('\n');
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

/** Every step of the sweep; all of its cells stand to the right. */
export function sweepTable(model: ModelReport): string {
  const table = drawn(sweepColumns(model, markdownSweep), model.sweep.steps);
  return drawnMarkdown({ ...table, right: table.right.map(() => true) });
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
