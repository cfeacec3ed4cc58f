import { scan } from '../jobs/scan/scan.ts';
import type { Listener } from '../jobs/listener.ts';
import { drawn } from '../report/columns.ts';
import { middle, plainJson, plainText } from '../report/escape.ts';
import type { ModelScan, Scan } from '../report/record/scan.ts';
import { scannedColumns, triggerColumns } from '../report/scan/columns.ts';
import { limitLine, scanSentence } from '../report/scan/wording.ts';
import { replacedLine } from '../report/wording.ts';
import { resolve } from './resolve.ts';
import { table } from './table.ts';
import { type Flags, notMet, passed, showErrors, type Terminal } from './terminal.ts';

/** Classes that a table in a terminal has at most. */
const mostRows = 50;
const longestName = 60;

/** `goodnet scan`: answers the exit code. */
export async function scanCommand(
  models: readonly string[],
  flags: Flags,
  terminal: Terminal,
  listener: Listener,
): Promise<number> {
  const settings = await resolve(models, flags, terminal);
  const { stdout, stderr } = terminal;
  const { out } = settings.config;
  const replaced = (folders: readonly string[]): void =>
    void stderr.write(`${plainText(replacedLine(folders, out))}\n`);
  const resumed = (): void =>
    void stderr.write('Stopped. Triggers that were found are kept: the same command goes on with the other classes.\n');
  const found = await scan(
    settings,
    terminal,
    { resume: flags['resume'] === true },
    { ...listener, replaced, resumed },
  );
  if (flags['json'] === true) stdout.write(`${plainJson(found)}\n`);
  else if (found.models.length > 0)
    stdout.write(`${scanText(found, stdout.columns)}\n\nTriggers and what is told of them: ${plainText(out)}\n`);
  const code = showErrors(found.errors, stderr);
  return Math.max(code, found.models.some(({ limit }) => limit?.met === false) ? notMet : passed);
}

/** The triggers of one net, or the smallest of each of several, and what was found, for a terminal of so many columns. */
function scanText({ models }: Scan, columns?: number): string {
  if (models.length === 1) return [triggerTable(models[0]!, columns), ...told(models[0]!)].join('\n');
  const { head, rows, right } = drawn(scannedColumns(named, models), models);
  const all = table({ head, rows, right: (column) => right[column]! }, columns);
  return [all, ...models.map((model) => ['', named(model), ...told(model)].join('\n'))].join('\n');
}

function triggerTable(model: ModelScan, columns?: number): string {
  const { head, rows, right } = drawn(triggerColumns(model), model.triggers.slice(0, mostRows));
  const left = model.triggers.length - rows.length;
  const more = left === 0 ? [] : [`and ${left} more classes: see scan.json`];
  return [named(model), table({ head, rows, right: (column) => right[column]! }, columns), ...more].join('\n');
}

const named = ({ path }: ModelScan): string => plainText(middle(path, longestName));

const told = (model: ModelScan): string[] => [
  ...[limitLine(model) ?? []].flat(),
  ...model.findings.map((finding) => `- ${scanSentence(finding)}`),
];
