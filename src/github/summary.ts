import { GoodnetError } from '../base/errors.ts';
import { code, quoted } from '../report/escape.ts';
import type { Report } from '../report/record/report.ts';
import type { Scan } from '../report/record/scan.ts';
import { fitting } from '../report/run-summary.ts';
import type { Artifacts } from './artifacts.ts';

/** A step's summary over 1 MiB is dropped as a whole; this stays below it, in bytes. */
const longest = 900 * 1024;

/** The job's summary: verdict, tables, chart, findings and what to do next, as much of it as may be shown. */
export function summaryOf(report: Report, notes: readonly string[], scan: Scan | null = null): string {
  const details = ['sweep', 'chart', 'table', 'line'] as const;
  return fitting(report, { notes, scan }, details, (text) => Buffer.byteLength(text) <= longest);
}

/** The summary of a run that came to nothing. */
export function refusalSummary(error: unknown): string {
  if (!(error instanceof GoodnetError))
    return '## ⛔ goodnet: stopped by a bug\n\nNothing was decided, so nothing has passed. The log of this step has the details; please report them.\n';
  return `## ⛔ goodnet: nothing was evaluated\n\n${code(error.subject)}: ${quoted(error.reason)}\n\n**What to do**: ${quoted(error.hint)}\n`;
}

/** The summary of a shard that was not counted. */
export function uncountedSummary(errors: Report['errors']): string {
  const lines = errors.map(({ message }) => `${quoted(message)}\n`);
  return `## ⛔ goodnet: a shard was not counted\n\n${lines.join('\n')}`;
}

/** Lines of Markdown on where a run's files are, and on what went wrong beside the verdict. */
export function notesOf(artifacts: Artifacts | null, problems: readonly string[]): string[] {
  const files = [artifacts?.models, artifacts?.report, artifacts?.scan].flatMap((artifact) =>
    artifact == null ? [] : [`[${code(artifact.name)}](${artifact.url})`],
  );
  return [
    ...(files.length > 0 ? [`Artifacts: ${files.join(', ')}`] : []),
    ...problems.map((problem) => `> ⚠️ ${quoted(problem)}`),
  ];
}
