import { isDeepStrictEqual } from 'node:util';
import type { ResolvedConfig } from '../settings/resolve-config.ts';
import { failure } from '../base/errors.ts';
import { folderNames } from '../models/find-models.ts';
import { assemble, type Finished } from '../report/record/assemble.ts';
import { type Baseline, dataIdentity } from '../report/record/baseline.ts';
import { contradiction, judgingOf } from '../report/record/recheck.ts';
import { recount } from '../report/record/recount.ts';
import { type ModelReport, type Report, settingsIn } from '../report/record/report.ts';
import { runRecord } from '../jobs/run-record.ts';
import type { World } from '../jobs/world.ts';
import { type Found, findRecord, isOfPlan, otherSetting, type Refused, refuse } from './find-record.ts';
import type { Planned } from './matrix.ts';
import { type Judgeable, limitsOf } from './settings.ts';

/** What the models of a plan came to, and the settings that they were measured and are judged by. */
interface Collected {
  finished: Finished[];
  errors: Report['errors'];
  config: Report['config'];
}

/**
 * One report of all planned models, each verdict again from the counts, by the settings here. A planned model without a report, and one whose
 * report contradicts its own counts, counts as refused.
 */
export function judged(
  reports: readonly Report[],
  planned: readonly Planned[],
  { settings, baseline }: Pick<Judgeable, 'settings' | 'baseline'>,
  { world, startedAt }: { world: Pick<World, 'version' | 'now'>; startedAt: Date },
): Report {
  const { finished, errors, config } = collect(reports, planned, settings, baseline);
  const run = runRecord(world, startedAt, { engine: 'none', workers: 0 });
  return { ...assemble(inFolders(finished), [], { errors, ...settings, run, baselineFile: null }), config };
}

/** Models of several runs in folders of one. */
function inFolders(finished: readonly Finished[]): Finished[] {
  const folders = folderNames(finished.map(({ model }) => model.path));
  return finished.map(({ model, inputs }, i) => ({ model: { ...model, name: folders[i]! }, inputs }));
}

/** Each planned model out of the newest report that has it, judged by the limits and the kinds given here; a limit that its report has besides holds too. */
function collect(
  reports: readonly Report[],
  planned: readonly Planned[],
  { config, sources }: ResolvedConfig,
  baseline: Baseline | null,
): Collected {
  const result: Collected = { finished: [], errors: [], config: {} };
  for (const job of planned) {
    const ofPlan = reports.filter(({ run }) => isOfPlan(run, job));
    const found = findRecord(ofPlan, job, measured, 'report');
    const refused = 'record' in found ? unfit(found, { config, sources }) : found;
    if (!('record' in found) || refused !== null) {
      result.errors.push({ sha256: job.sha256, ...refused! });
      continue;
    }
    const { record: report, model } = found;
    const limits = { ...limitsOf(settingsIn(report.config)), ...limitsOf(config) };
    const since = baseline && { baseline, data: identityOf(report) };
    result.finished.push({ model: recount(model, limits, config.accept, since), inputs: report.inputs });
    const own = Object.fromEntries(
      Object.entries({ ...limits, accept: config.accept, out: config.out }).map(([name, value]) => [
        name,
        { value, source: sources[name] ?? 'config' },
      ]),
    );
    result.config = { ...report.config, ...own };
  }
  return result;
}

type FoundReport = Found<Report, ModelReport>;

/** Why a report cannot be judged here: its job was told to measure something else, or did not measure all that it was told, or it says otherwise than its own counts. */
function unfit({ record: report, model }: FoundReport, settings: ResolvedConfig): Refused | null {
  const told = (name: string): unknown => report.config[name]?.value;
  const setting = otherSetting(report, settings);
  if (setting !== undefined) return refuse(failure('report-settings', model.path, { setting }));
  const original = model.candidates[0]!;
  const attacks = (split: object): string[] => Object.keys(split).sort();
  const tested = (told('clean') as { test?: unknown } | undefined)?.test !== undefined;
  const whole =
    isDeepStrictEqual(attacks(original.validation.poisoned), attacks(told('attacks') ?? {})) &&
    tested === (original.test !== null);
  const problem = whole
    ? contradiction(model, report.inputs, () => judgingOf(report, null))
    : 'was not measured on all the data that its settings name';
  return problem === null ? null : refuse(failure('report-invalid', model.path, { cause: problem }));
}

/** What a job that ran again finds again, its repaired files and limits included. */
const measured = ({ record: report, model }: FoundReport): string =>
  JSON.stringify([
    model.sha256,
    identityOf(report),
    limitsOf(settingsIn(report.config)),
    model.layer,
    model.candidates.map(({ kind, checkpoint, channelsPruned, sha256, validation, test }) => [
      kind,
      checkpoint,
      channelsPruned,
      sha256,
      validation,
      test,
    ]),
  ]);

const identityOf = ({ config, inputs }: Report): string => dataIdentity(settingsIn(config), inputs);
