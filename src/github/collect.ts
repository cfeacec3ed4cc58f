import type { Config } from '../config.ts';
import { failure } from '../errors.ts';
import { type Baseline, dataIdentity } from '../report/baseline.ts';
import { acceptedKinds } from '../report/gate-table.ts';
import { recount } from '../report/recount.ts';
import type { ModelReport, Report } from '../report/report.ts';
import type { Planned } from './matrix.ts';
import { limitsOf } from './settings.ts';

/** What the models of a plan came to. */
export interface Collected {
  models: ModelReport[];
  errors: Report['errors'];
  settings: Report['config'];
  inputFiles: Report['inputs'];
}

/** How all models are judged. */
export interface Judging {
  config: Config;
  /** Whether `accept` was set here; else each report's own counts. */
  acceptGiven: boolean;
  baseline: Baseline | null;
}

/** Each planned model out of the newest report that has it, judged by the limits given here, or else by those of its report. */
export function collect(reports: readonly Report[], planned: readonly Planned[], { config, acceptGiven, baseline }: Judging): Collected {
  const result: Collected = { models: [], errors: [], settings: {}, inputFiles: [] };
  const files = new Map<string, Report['inputs'][number]>();
  for (const job of planned) {
    const found = find(reports, job);
    if (!('report' in found)) {
      result.errors.push(found);
      continue;
    }
    const { report, model } = found;
    const limits = { ...limitsOf(report.config), ...limitsOf(Object.fromEntries(Object.entries(config).map(([key, value]) => [key, { value }]))) };
    if (Object.keys(limits).length === 0) throw failure('no-limits', 'settings');
    const accept = acceptGiven ? config.accept : acceptedKinds(report);
    result.models.push(recount(model, limits, accept, baseline && { baseline, data: dataOf(report) }));
    result.settings = { ...report.config, accept: { value: accept, source: 'config' } };
    for (const input of report.inputs) files.set(input.path, input);
  }
  return { ...result, inputFiles: [...files.values()] };
}

type Found = { report: Report; model: ModelReport };

/** The report that answers for a job: of its plan and its file, and no other that says something else. */
function find(reports: readonly Report[], { model: path, sha256, plan }: Planned): Found | Report['errors'][number] {
  const refuse = (error: ReturnType<typeof failure>) => ({ path, code: error.code, message: error.message });
  const own = reports.filter(({ run }) => plan === null || run.plan === plan);
  const all = own.flatMap((report) => report.models.filter((model) => model.path === path).map((model) => ({ report, model })));
  const fitting = all.filter(({ model }) => sha256 === null || model.sha256 === sha256);
  const refused = own.flatMap(({ errors }) => errors.filter((error) => error.path === path));
  const says = new Set([...fitting.map(measured), ...refused.map(({ code }) => code)]);
  if (says.size > 1) return refuse(failure('report-invalid', path, { cause: 'has several reports that differ' }));
  if (fitting.length > 0) return fitting[0]!;
  if (refused.length > 0) return refused[0]!;
  return refuse(all.length > 0 ? failure('report-invalid', path, { cause: 'has a report of another file than the plan saw' }) : failure('report-missing', path));
}

/** What a job that ran again finds again. */
const measured = ({ report, model }: Found): string => JSON.stringify([model.sha256, dataOf(report), model.candidates.map(({ kind, checkpoint, validation, test }) => [kind, checkpoint, validation, test])]);

const dataOf = ({ config, inputs }: Report): string => dataIdentity(Object.fromEntries(Object.entries(config).map(([name, { value }]) => [name, value])), inputs);
