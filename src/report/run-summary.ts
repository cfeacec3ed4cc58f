import { advice } from './advice.ts';
import { code, quoted } from './escape.ts';
import { acceptedKinds, gateTable } from './candidate-tables.ts';
import { fewAttacks } from './few-attacks.ts';
import type { ModelReport, Report } from './record/report.ts';
import type { Scan } from './record/scan.ts';
import { isGate, withScan } from './record/with-scan.ts';
import { scanSection } from './scan/markdown.ts';
import { scanLine } from './scan/wording.ts';
import { findingList, folded, limits, mermaid, overview, sizes, sweepTable } from './sections.ts';
import { runLine, verdictLine } from './wording.ts';

/** GitHub draws these itself, whatever the fonts of the reader. */
const marks: Record<Report['verdict'], string> = {
  passed: '✅',
  ungated: 'ℹ️',
  inconclusive: '🟡',
  repairable: '🟠',
  failed: '❌',
  error: '⛔',
};

/** How much is shown of each model: everything, everything without the sweep's steps, the table and what follows from it, or one line. */
export type Detail = 'sweep' | 'chart' | 'table' | 'line';

export interface SummaryOptions {
  detail: Detail;
  /** Lines of Markdown at the end: where the files are, what went wrong beside the verdict. */
  notes: readonly string[];
  /** What a scan of the same models found. */
  scan?: Scan | null;
  /** Models shown at most; the others are counted. */
  most?: number;
}

/** A run for people, verdict first: what a job's page and a pull request show. Every foreign name is escaped. */
export function runSummary(report: Report, { detail, notes, scan = null, most = Infinity }: SummaryOptions): string {
  const models = report.models.slice(0, most);
  const errors = report.errors.slice(0, most);
  const left = report.models.length - models.length + report.errors.length - errors.length;
  const several = report.models.length > 1 || detail === 'line';
  const parts = [
    headline(report, scan),
    ...errors.map(({ path, message }) => `> ⛔ ${code(path)} was not evaluated: ${quoted(message)}`),
    ...(several && models.length > 0 ? [overview({ ...report, models })] : []),
    ...(left > 0 ? [`… and ${left} more, in the report.`] : []),
    ...(detail === 'line' ? [] : models.flatMap((model) => section(model, report, detail))),
    ...(scan === null ? [] : scanSection(scan, { most, findings: detail !== 'line' })),
    ...notes,
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** The first variant that is short enough, by `size`; the last one cut down to as many models as fit. */
export function fitting(
  report: Report,
  told: Pick<SummaryOptions, 'notes' | 'scan'>,
  details: readonly Detail[],
  fits: (text: string) => boolean,
): string {
  for (const detail of details) {
    const text = runSummary(report, { ...told, detail });
    if (fits(text)) return text;
  }
  const room = [...details, 'line' as const].at(-1)!;
  const scanned = told.scan == null ? 0 : told.scan.models.length + told.scan.errors.length;
  for (
    let most = Math.max(report.models.length + report.errors.length, scanned);
    most > 0;
    most = Math.floor(most / 2)
  ) {
    const text = runSummary(report, { ...told, detail: room, most });
    if (fits(text)) return text;
  }
  return runSummary(report, { ...told, detail: 'line', notes: [], most: 0 });
}

/** The verdict of the whole run; a scan is named where it stands in the way. */
function headline(report: Report, scan: Scan | null): string {
  const mark = marks[withScan(report, scan).verdict];
  const inTheWay = scan !== null && isGate(scan) && !scan.passed;
  return inTheWay
    ? `## ${mark} goodnet: ${scanLine(scan)} (scan) · ${runLine(report)} (defense)`
    : `## ${mark} goodnet: ${runLine(report)}`;
}

function section(model: ModelReport, report: Report, detail: Detail): string[] {
  const shown = fewAttacks(model);
  return [
    `### ${marks[model.gate.verdict]} ${code(model.path)}`,
    `**${verdictLine(model)}** ${advice(model, report)}`,
    gateTable(shown, acceptedKinds(report)),
    `${limits(model)} Figures are those on the ${model.gate.judgedOn} images.`,
    findingList(model, '**Findings**'),
    ...(detail === 'table' ? [] : [mermaid(shown)]),
    ...(detail === 'sweep'
      ? [folded(`All ${model.sweep.steps.length} steps, on ${sizes(model)}`, sweepTable(shown))]
      : []),
  ];
}
