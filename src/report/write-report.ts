import { checker } from '../schema.ts';
import { comparisonSvg } from './comparison-chart.ts';
import { sweepCsv } from './csv.ts';
import { markdown } from './markdown.ts';
import type { Output } from './output.ts';
import { type Report, reportSchema } from './report.ts';
import { sweepSvg } from './sweep-chart.ts';

const check = checker(reportSchema);

/** The files of a report besides report.html, by their place in the output folder; report.json stands last, so that it lists only what is there. */
export function reportFiles(report: Report): Map<string, string> {
  const checked = check(report);
  if ('problem' in checked) throw new Error(`The report does not fit its schema: ${checked.problem}`);
  const files = new Map<string, string>();
  for (const model of report.models) {
    files.set(`${model.name}/sweep.csv`, sweepCsv(model));
    files.set(`${model.name}/sweep.svg`, sweepSvg(model));
    files.set(`${model.name}/comparison.svg`, comparisonSvg(model));
  }
  files.set('report.md', markdown(report));
  files.set('report.json', `${JSON.stringify(report, null, 2)}\n`);
  return files;
}

/** The paths of a report's files for models in these folders. */
export function reportPaths(folders: readonly string[]): string[] {
  return [...folders.flatMap((folder) => perModel.map((name) => `${folder}/${name}`)), 'report.html', 'report.md', 'report.json'];
}

const perModel = ['sweep.csv', 'sweep.svg', 'comparison.svg'];

/** Stages all of a report's files, report.html being `html`; report.json is the last to appear. */
export function stageReport(report: Report, html: string, output: Output): void {
  output.stage('report.html', html);
  for (const [path, content] of reportFiles(report)) output.stage(path, content);
}
