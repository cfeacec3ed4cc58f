import { breathe } from '../base/breathe.ts';
import { checkerInPlace } from '../base/schema.ts';
import { comparisonSvg } from './charts/comparison-chart.ts';
import { sweepRows } from './csv.ts';
import { markdown } from './markdown.ts';
import type { Output } from '../output/output.ts';
import { type Report, reportSchema } from './record/report.ts';
import { sweepSvg } from './charts/sweep-chart.ts';

const check = checkerInPlace(reportSchema);

/** The files of a report besides report.html, with their places in the output folder, one after the other; report.json stands last, so that it lists only what is there. */
export function* reportFiles(report: Report): Generator<[path: string, content: string]> {
  const checked = check(report);
  if ('problem' in checked) throw new Error(`The report does not fit its schema: ${checked.problem}`);
  for (const [path, parts] of drawings(report)) yield [path, [...parts()].join('')];
  yield ['report.json', `${JSON.stringify(report, null, 2)}\n`];
}

/** The tables and pictures of a report, each drawn in parts when it is asked for. */
export function* drawings(report: Report): Generator<[path: string, parts: () => Iterable<string>]> {
  for (const model of report.models) {
    yield [`${model.name}/sweep.csv`, () => sweepRows(model)];
    yield [`${model.name}/sweep.svg`, () => [sweepSvg(model)]];
    yield [`${model.name}/comparison.svg`, () => [comparisonSvg(model)]];
  }
  yield ['report.md', () => [markdown(report)]];
}

/** The paths of a report's files for models in these folders. */
export function reportPaths(folders: readonly string[]): string[] {
  return [
    ...folders.flatMap((folder) => perModel.map((name) => `${folder}/${name}`)),
    'report.html',
    'report.md',
    'report.json',
  ];
}

/** What a door tells people of a report, where it has words of its own. */
export const commentName = 'comment.md';

const perModel = ['sweep.csv', 'sweep.svg', 'comparison.svg'];

/** Stages all of a report's files, report.html being `html`; report.json is the last to appear. `signal` ends it between two files. */
export async function stageReport(
  report: Report,
  html: string,
  output: Output,
  signal: AbortSignal | undefined,
): Promise<void> {
  output.stage('report.html', html);
  for (const [path, content] of reportFiles(report)) {
    output.stage(path, content);
    await breathe(signal);
  }
}
