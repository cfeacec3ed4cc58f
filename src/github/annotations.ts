import type { Report } from '../report/record/report.ts';
import { verdictLine } from '../report/wording.ts';
import type { Runner } from './runner.ts';

/** GitHub shows 10 annotations of a type a step: 8 for models, the rest for what else went wrong. */
const most = 8;

/** One annotation for each model that did not pass. With `warnOnly` an unmet gate is a warning; a refused model is an error all the same. */
export function annotateModels({ models, errors }: Report, warnOnly: boolean, runner: Runner): void {
  const failed = [
    ...errors.map(({ path, message }) => ({ level: 'error' as const, path, message })),
    ...models
      .filter(({ gate }) => gate.verdict !== 'passed' && gate.verdict !== 'ungated')
      .map((model) => ({
        level: warnOnly ? ('warning' as const) : ('error' as const),
        path: model.path,
        message: verdictLine(model),
      })),
  ];
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
