import { runVerdict } from '../../verdict/gate.ts';
import type { Report } from './report.ts';
import { type Scan, withinLimit } from './scan.ts';

/** A report as a run stands that scanned too: no model passes that the scan does not. Without a limit a scan decides nothing. */
export function withScan(report: Report, scan: Scan | null): Report {
  if (scan === null || !isGate(scan)) return report;
  const within = new Set(scan.models.filter(withinLimit).map(({ path }) => path));
  const models = report.models.map((model) => (within.has(model.path) ? model : failing(model)));
  const verdict = runVerdict(
    models.map(({ gate }) => gate.verdict),
    report.errors.length + scan.errors.length,
  );
  return { ...report, models, verdict, passed: report.passed && verdict === 'passed' };
}

/** Whether a limit was set on what a scan finds. */
export const isGate = ({ config }: Scan): boolean => config['max-anomaly-index']?.value !== undefined;

const failing = (model: Report['models'][number]): Report['models'][number] => ({
  ...model,
  gate: { ...model.gate, verdict: 'failed', recommended: null },
});
