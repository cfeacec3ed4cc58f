import type { Report } from '../report/record/report.ts';
import { type Scan, withinLimit } from '../report/record/scan.ts';
import { isGate } from '../report/record/with-scan.ts';
import { limitLine } from '../report/scan/wording.ts';
import { verdictLine } from '../report/wording.ts';
import type { Runner } from './runner.ts';

/** GitHub shows 10 annotations of a type a step: 8 for models, the rest for what else went wrong. */
const most = 8;

interface Failed {
  level: 'error' | 'warning';
  path: string;
  message: string;
}

/** One annotation for each model that did not pass, and for each that its scan did not. With `warnOnly` an unmet gate is a warning; a refused model is an error all the same. */
export function annotateModels(report: Report, scan: Scan | null, warnOnly: boolean, runner: Runner): void {
  const failed = [...ofDefense(report, warnOnly), ...(scan === null ? [] : ofScan(scan, report, warnOnly))];
  const shown = failed.length > most ? failed.slice(0, most - 1) : failed;
  for (const { level, path, message } of shown)
    runner.annotate(level, message, { title: `goodnet: ${path}`, file: path });
  if (shown.length < failed.length)
    runner.annotate(
      failed[shown.length]!.level,
      `${failed.length - shown.length} more models did not pass; the summary lists them.`,
      { title: 'goodnet' },
    );
}

function ofDefense({ models, errors }: Report, warnOnly: boolean): Failed[] {
  return [
    ...errors.map(({ path, message }) => ({ level: 'error' as const, path, message })),
    ...models
      .filter(({ gate }) => gate.verdict !== 'passed' && gate.verdict !== 'ungated')
      .map((model) => ({
        level: warnOnly ? ('warning' as const) : ('error' as const),
        path: model.path,
        message: verdictLine(model),
      })),
  ];
}

/** What the defense said of the same model already is left out. Without a limit nothing that a scan says is an error. */
function ofScan(scan: Scan, { errors }: Report, warnOnly: boolean): Failed[] {
  const isTold = ({ path, code }: Report['errors'][number]): boolean =>
    errors.some((other) => other.path === path && other.code === code);
  return [
    ...scan.errors
      .filter((error) => !isTold(error))
      .map(({ path, message }): Failed => ({ level: isGate(scan) ? 'error' : 'warning', path, message })),
    ...scan.models
      .filter((model) => !withinLimit(model))
      .map((model): Failed => ({
        level: warnOnly ? 'warning' : 'error',
        path: model.path,
        message: limitLine(model)!,
      })),
  ];
}
