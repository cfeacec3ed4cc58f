import { type Column, drawn } from './columns.ts';
import { drawnMarkdown } from './drawn-markdown.ts';
import { code, link } from './escape.ts';
import { fewAttacks } from './few-attacks.ts';
import type { ModelReport, Report } from './record/report.ts';
import { candidateTable, certaintyTable } from './candidate-tables.ts';
import { findingList, folded, limits, mermaid, overview, sizes, sweepTable } from './sections.ts';
import { triggerColumns, triggerRows, triggerWords } from './trigger-columns.ts';
import { runtimeOf, verdictLine } from './wording.ts';

const digits = 12,
  longestMessage = 2000;

/** report.md: the verdict first, then what it rests on. Every foreign name is escaped. */
export function markdown(report: Report): string {
  const parts = [
    '# goodnet report',
    ...(report.models.length > 1 ? [overview(report)] : []),
    ...report.errors.map(({ path, message }) => `> ${code(path)} was not evaluated: ${code(message, longestMessage)}`),
    ...report.models.flatMap((model) => section(model, report.files)),
    inputs(report),
    `goodnet ${report.run.version}, engine ${report.run.engine}, ${runtimeOf(report.run).join(' ')}, ${report.run.seconds.toFixed(1)} s, started ${report.run.startedAt}`,
  ];
  return `${parts.join('\n\n')}\n`;
}

function section(model: ModelReport, files: readonly string[]): string[] {
  const picture = (name: string, text: string) =>
    files.includes(`${model.name}/${name}`) ? [`![${text}](${link(`${model.name}/${name}`)})`] : [];
  const shown = fewAttacks(model);
  return [
    `## ${code(model.path)}`,
    `**${verdictLine(model)}**`,
    candidateTable(shown),
    limits(model),
    folded(
      `95% intervals (Wilson)${Object.keys(model.sweep.steps[0]!.robust).length > 0 ? ', DER and robust accuracy (RA)' : ' and DER'} of each candidate`,
      certaintyTable(shown),
    ),
    ...picture('comparison.svg', 'Candidates side by side'),
    findingList(model, '### Findings'),
    ...triggers(model),
    '### The sweep',
    `Channels of ${code(model.layer)} ${model.prunes === 'inputs' ? '(its inputs) ' : ''}are pruned ${orderText(model)}. ` +
      'A checkpoint X is the first step at which accuracy has dropped by at least X points: it lies past X, not before it.',
    ...picture('sweep.svg', 'Accuracy and attack success rate over channels pruned'),
    mermaid(shown),
    folded(`All ${model.sweep.steps.length} steps, on ${sizes(model)}`, sweepTable(shown)),
  ];
}

function triggers(model: ModelReport): string[] {
  const rows = triggerRows(model);
  return rows.length === 0 ? [] : ['### Reversed triggers', triggerWords, drawnMarkdown(drawn(triggerColumns, rows))];
}

function orderText({ findings, rankLayer }: ModelReport): string {
  return findings.some((finding) => finding.code === 'order-given')
    ? 'in the order that the settings give'
    : `from the least active up, by their mean activation at ${code(rankLayer)} on clean validation images`;
}

function inputs({ inputs: files, models }: Report): string {
  const other = (path: string) => (models.some((model) => model.path === path) ? 'model' : '–');
  const columns: Column<Report['inputs'][number]>[] = [
    { head: 'file', words: true, cell: ({ path }) => code(path) },
    { head: 'bytes', cell: ({ bytes }) => bytes.toLocaleString('en') },
    { head: 'images', cell: ({ path, samples }) => (samples === null ? other(path) : String(samples)) },
    { head: `SHA-256, first ${digits} digits`, words: true, cell: ({ sha256 }) => code(sha256.slice(0, digits)) },
  ];
  return folded('Input files', drawnMarkdown(drawn(columns, files)));
}
