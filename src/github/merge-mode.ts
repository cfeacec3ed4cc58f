import { lstatSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Config } from '../config.ts';
import { failure, GoodnetError } from '../errors.ts';
import { runVerdict } from '../gate.ts';
import { folderNames } from '../models.ts';
import { type Baseline, dataIdentity } from '../report/baseline.ts';
import { acceptedKinds } from '../report/gate-table.ts';
import { Output } from '../report/output.ts';
import { parseReport, recount } from '../report/recount.ts';
import type { ModelReport, Report } from '../report/report.ts';
import { reportPaths, stageReport } from '../report/write-report.ts';
import type { World } from '../run.ts';
import { artifactName, freshFolder, reportSuffix, uploadArtifacts } from './artifacts.ts';
import { readEvent } from './event.ts';
import type { Inputs } from './inputs.ts';
import type { Outcome } from './main.ts';
import { fence } from './paths.ts';
import { nothingToEvaluate, plannedModels } from './plan-mode.ts';
import type { Runner } from './runner.ts';
import { limitsOf, resolveForMerge } from './settings.ts';

/** Joins the reports of a plan's jobs to one: verdicts again from the counts, a planned model without a report counts as refused. Throws GoodnetError. */
export async function mergeMode(inputs: Inputs, runner: Runner, world: World): Promise<Outcome> {
  const startedAt = world.now();
  const planned = plannedModels(inputs.action.matrix);
  const around = fence(runner.env, world.cwd);
  const event = readEvent(runner.env);
  const { settings: { config, sources }, notes, baseline } = await resolveForMerge(inputs, planned, around, event, runner);
  if (planned.length === 0) return nothingToEvaluate(null, config.out);
  const output = new Output(path.resolve(world.cwd, config.out), config.out);
  const { models, errors, settings, inputFiles } = collect(await fetchReports(inputs, runner), planned, config, sources['accept'] !== 'default', baseline);
  const verdict = runVerdict(models.map(({ gate }) => gate.verdict), errors.length);
  const folders = folderNames(models.map((model) => model.path));
  output.claim(reportPaths(folders));
  const report: Report = {
    schemaVersion: 1, passed: verdict === 'passed', verdict, errors, config: settings, inputs: inputFiles,
    models: models.map((model, i) => ({ ...model, name: folders[i]! })), files: reportPaths(folders),
    run: { tool: 'goodnet', version: world.version, engine: 'none', workers: 0, node: process.version, startedAt: startedAt.toISOString(), seconds: (world.now().getTime() - startedAt.getTime()) / 1000 },
  };
  try {
    if (models.length > 0) {
      stageReport(report, output);
      output.publish(folders);
    }
  } finally {
    output.discard();
  }
  const name = `${artifactName(inputs.action['artifact-name'], runner.env)}-merged`;
  const artifacts = models.length === 0 ? null : await uploadArtifacts(report, { out: path.resolve(world.cwd, config.out), name, runUrl: event.runUrl }, inputs.action, runner, ['report']);
  return { report, artifacts, out: config.out, outputs: {}, notes };
}

const atOnce = 8;
const mostBytes = 256 * 1024 * 1024;

/** The reports that this run's jobs uploaded, the newest first. Throws `reports-missing` where the service cannot be asked. */
async function fetchReports({ action }: Inputs, runner: Runner): Promise<Report[]> {
  const folder = freshFolder(runner.env);
  const fetchOne = async (id: number, name: string): Promise<Report> => {
    await runner.artifacts.downloadArtifact(id, { path: path.join(folder, String(id)) });
    const file = path.join(folder, String(id), 'report.json');
    const found = lstatSync(file);
    if (!found.isFile() || found.size > mostBytes) throw failure('report-invalid', name, { cause: 'is no plain file' });
    return parseReport(readFileSync(file, 'utf8'), name);
  };
  try {
    const { artifacts } = await runner.artifacts.listArtifacts({ latest: true });
    const wanted = artifacts.filter(({ name }) => name.startsWith(action['artifact-name'] ?? '') && name.endsWith(reportSuffix)).sort((a, b) => b.id - a.id);
    const reports: Report[] = [];
    for (let i = 0; i < wanted.length; i += atOnce) reports.push(...(await Promise.all(wanted.slice(i, i + atOnce).map(({ id, name }) => fetchOne(id, name)))));
    return reports;
  } catch (error) {
    if (error instanceof GoodnetError) throw error;
    throw failure('reports-missing', 'artifacts', { cause: error instanceof Error ? error.message.split('\n')[0]! : String(error) });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Collected {
  models: ModelReport[];
  errors: Report['errors'];
  settings: Report['config'];
  inputFiles: Report['inputs'];
}

/** Each planned model out of the newest report that has it, judged by the limits given here, or else by those of its report. */
function collect(reports: readonly Report[], planned: readonly string[], config: Config, acceptGiven: boolean, baseline: Baseline | null): Collected {
  const result: Collected = { models: [], errors: [], settings: {}, inputFiles: [] };
  const files = new Map<string, Report['inputs'][number]>();
  for (const model of planned) {
    const matches = ({ path: own }: { path: string }) => own === model;
    const report = reports.find(({ models, errors }) => models.some(matches) || errors.some(matches));
    const error = report?.errors.find(matches);
    const found = report?.models.find(matches);
    if (report === undefined || (found === undefined && error === undefined)) {
      const { code, message } = failure('report-missing', model);
      result.errors.push({ path: model, code, message });
    } else if (found === undefined) result.errors.push(error!);
    else {
      const limits = { ...limitsOf(report.config), ...limitsOf(Object.fromEntries(Object.entries(config).map(([key, value]) => [key, { value }]))) };
      if (Object.keys(limits).length === 0) throw failure('no-limits', 'settings');
      const accept = acceptGiven ? config.accept : acceptedKinds(report);
      const data = dataIdentity(Object.fromEntries(Object.entries(report.config).map(([name, { value }]) => [name, value])), report.inputs);
      result.models.push(recount(found, limits, accept, baseline && { baseline, data }));
      result.settings = { ...report.config, accept: { value: accept, source: 'config' } };
      for (const input of report.inputs) files.set(input.path, input);
    }
  }
  return { ...result, inputFiles: [...files.values()] };
}
