import { drawn } from '../columns.ts';
import { drawnMarkdown } from '../drawn-markdown.ts';
import { code, quoted } from '../escape.ts';
import type { ModelScan, Scan } from '../record/scan.ts';
import { scannedColumns, triggerColumns } from './columns.ts';
import { limitLine, scanLine, scanSentence } from './wording.ts';

/** Triggers of a net that are shown, the smallest. */
const mostTriggers = 3;

/** How much is shown of a scan: so many models, and whether with what was found. */
export interface ScanDetail {
  most: number;
  findings: boolean;
}

/** A scan in GitHub's Markdown, a section of a summary. Every foreign name is escaped. */
export function scanSection(scan: Scan, { most, findings }: ScanDetail): string[] {
  const models = scan.models.slice(0, most);
  const errors = scan.errors.slice(0, most);
  const left = scan.models.length - models.length + scan.errors.length - errors.length;
  return [
    `### Scan: ${scanLine(scan)}`,
    ...errors.map(({ path, message }) => `> ⛔ ${code(path)} was not scanned: ${quoted(message)}`),
    ...(models.length > 0 ? [scan.models.length === 1 ? triggers(models[0]!) : overview(models)] : []),
    ...(left > 0 ? [`… and ${left} more, in scan.json.`] : []),
    ...(findings ? models.map((model) => told(model, scan.models.length > 1)) : []),
  ];
}

const triggers = (model: ModelScan): string =>
  drawnMarkdown(drawn(triggerColumns(model), model.triggers.slice(0, mostTriggers)));

const overview = (models: readonly ModelScan[]): string =>
  drawnMarkdown(
    drawn(
      scannedColumns(({ path }) => code(path), models),
      models,
    ),
  );

/** What the limit says of a net and what was found, in words. */
function told(model: ModelScan, named: boolean): string {
  const sentences = model.findings.map((finding) => `- ${scanSentence(finding)}`);
  const head = [named ? code(model.path) : '', limitLine(model) ?? ''].filter((line) => line !== '').join(': ');
  return [...(head === '' ? [] : [head, '']), ...sentences].join('\n');
}
