import path from 'node:path';
import type { Remark } from './bundle.ts';
import { type Config, configSchema } from '../../settings/config.ts';
import { resolveConfig } from '../../settings/resolve-config.ts';
import { asWritten } from '../../settings/written.ts';
import { failure } from '../../base/errors.ts';
import { mapFiles, namedFiles } from '../../settings/file-settings.ts';
import { type Difference, differences } from '../../report/record/differences.ts';
import { inOwnFolder } from '../../output/own-folder.ts';
import { type ModelReport, type Report, settingsIn } from '../../report/record/report.ts';
import { run } from '../defend/run.ts';
import type { Listener } from '../listener.ts';
import type { World } from '../world.ts';
import { absent, type InputPlace } from './verify-inputs.ts';
import { type Explanation, explain, placeNames } from './within-rounding.ts';

const shownPerModel = 20;

/** What a new run came to otherwise, and what of that lies within rounding, as far as other kernels explain it. */
export interface Again {
  differences: Remark[];
  withinRounding: Remark[];
}

/**
 * Computes the whole defense again, in a temporary folder, with the recorded settings and the files given anew, and lists what came out otherwise:
 * counts, ranking, figures, verdict and the SHA-256 of each repaired model. Other kernels may answer mean activations that are the same up to
 * rounding, and other classes for images that lie within it. Throws `rerun-input` for a file that is not there.
 */
export async function rerun(report: Report, place: InputPlace, world: World, listener: Listener): Promise<Again> {
  const { base, bundle, given } = place;
  const recorded = settingsIn(report.config) as Config;
  const models = [...report.models, ...report.errors].map((model) => model.path);
  const { 'sarif-file': _, ...settings }: Config = { ...recorded, models, ...given };
  const own = new Set(namedFiles(given));
  for (const file of namedFiles(settings).filter((file) => !own.has(file))) {
    const reason = absent(file, base, bundle);
    if (reason !== null) throw failure('rerun-input', file, { cause: reason });
  }
  return inOwnFolder(async (out) => {
    const there = mapFiles(settings, (file) => path.resolve(base, file));
    const { config } = resolveConfig({ ...asWritten(configSchema.properties, there), out }, {}, null);
    const sources = Object.fromEntries(
      Object.keys(config).map((name) => [name, report.config[name]?.source ?? ('default' as const)]),
    );
    const again = await run({ config, sources }, { ...world, cwd: base }, {}, listener);
    return compare(report, again, (model, found) => explain(model, found, config, { ...world, cwd: base }));
  });
}

/** Models are the same where their files are: by SHA-256, equal ones in turn. */
async function compare(
  report: Report,
  again: Report,
  explain: (recorded: ModelReport, found: ModelReport) => Promise<Explanation>,
): Promise<Again> {
  const left = [...again.models];
  const otherKernels = report.run.engine !== again.run.engine;
  const engines = `(${again.run.engine}; recorded: ${report.run.engine})`;
  const take = (sha256: string): ModelReport | undefined => {
    const at = left.findIndex((model) => model.sha256 === sha256);
    return at === -1 ? undefined : left.splice(at, 1)[0];
  };
  const all: Again = { differences: [], withinRounding: [] };
  for (const model of report.models) {
    const other = take(model.sha256);
    if (other === undefined) {
      all.differences.push({ subject: model.path, text: whyNone(model, again) });
      continue;
    }
    const found = JSON.parse(JSON.stringify(other)) as ModelReport;
    const same = otherKernels ? upToRounding(model, found) : found;
    const lines = differences(model, same, placeNames).map(told);
    if (lines.length === 0) continue;
    const { explains, images } = otherKernels ? await explain(model, same) : { explains: false, images: [] };
    const text = `counts of other kernels ${engines} differ by no more than these images`;
    if (explains) all.withinRounding.push(...capped(images, 'images'), { subject: model.path, text });
    else
      all.differences.push(
        ...capped(
          lines.map((text) => ({ subject: model.path, text })),
          'figures that differ',
        ),
        ...capped(images, 'images'),
      );
  }
  const codes = (errors: Report['errors']) => errors.map(({ code }) => code).sort();
  const refusals = differences(codes(report.errors), codes(again.errors), new Set(), 'errors').map((each) => ({
    subject: 'report.json',
    text: told(each),
  }));
  const more = left.map((model) => ({ subject: model.path, text: 'was given, but the report has no such model' }));
  const trained = report.models.some(
    ({ unlearning, finePruning }) => unlearning !== undefined || finePruning !== undefined,
  );
  const reason = `computed with other kernels ${engines}, which ${trained ? 'train other weights: run it again with the same' : 'does not explain what differs'}`;
  const unexplained = otherKernels && all.differences.length > 0 ? [{ subject: 'report.json', text: reason }] : [];
  return { ...all, differences: [...all.differences, ...refusals, ...more, ...unexplained] };
}

const told = ({ at, recorded, found }: Difference): string => `${at}: recorded ${recorded}, computed again ${found}`;

/** Why a run has no such model. */
function whyNone(model: ModelReport, again: Report): string {
  const refused = again.errors.find(({ path: file }) => path.basename(file) === path.basename(model.path));
  return refused === undefined
    ? 'is not among the models of the new run'
    : `was refused by the new run (${refused.message})`;
}

/** How far apart, as a share, the means of two kernels may lie. */
const rounding = 1e-5;

/** The same model, with the recorded mean activations where these are as near as rounding lets them be. */
function upToRounding(recorded: ModelReport, found: ModelReport): ModelReport {
  const before = recorded.ranking.meanActivation;
  const meanActivation = found.ranking.meanActivation.map((mean, channel) => {
    const other = before[channel];
    return other !== undefined && Math.abs(mean - other) <= rounding * Math.max(Math.abs(mean), Math.abs(other))
      ? other
      : mean;
  });
  return { ...found, ranking: { ...found.ranking, meanActivation } };
}

/** Some remarks on one model: the first of them, and how many more of what there are. */
function capped(remarks: readonly Remark[], what: string): Remark[] {
  const more = remarks.length - shownPerModel;
  return more <= 0
    ? [...remarks]
    : [...remarks.slice(0, shownPerModel), { ...remarks[0]!, text: `… and ${more} more ${what}` }];
}
