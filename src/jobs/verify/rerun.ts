import path from 'node:path';
import type { Remark } from './bundle.ts';
import { type Config, configSchema } from '../../settings/config.ts';
import { resolveConfig } from '../../settings/resolve-config.ts';
import { asWritten } from '../../settings/written.ts';
import { failure } from '../../base/errors.ts';
import { mapFiles, namedFiles } from '../../settings/file-settings.ts';
import { differences } from '../../report/record/differences.ts';
import { inOwnFolder } from '../../output/own-folder.ts';
import { type ModelReport, type Report, settingsIn } from '../../report/record/report.ts';
import { run } from '../defend/run.ts';
import type { Listener } from '../listener.ts';
import type { World } from '../world.ts';
import { absent, type InputPlace } from './verify-inputs.ts';

/** What names files only: it may differ where the same files lie elsewhere. */
const placeNames = new Set(['name', 'path', 'file', 'source']);
const shownPerModel = 20;

/**
 * Computes the whole defense again, in a temporary folder, with the recorded settings and the files given anew, and lists what came out otherwise:
 * counts, ranking, figures, verdict and the SHA-256 of each repaired model. Mean activations that other kernels computed are the same up to
 * rounding. Throws `rerun-input` for a file that is not there.
 */
export async function rerun(report: Report, place: InputPlace, world: World, listener: Listener): Promise<Remark[]> {
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
    return compare(report, again);
  });
}

/** Models are the same where their files are: by SHA-256, equal ones in turn. */
function compare(report: Report, again: Report): Remark[] {
  const left = [...again.models];
  const otherKernels = report.run.engine !== again.run.engine;
  const take = (sha256: string): ModelReport | undefined => {
    const at = left.findIndex((model) => model.sha256 === sha256);
    return at === -1 ? undefined : left.splice(at, 1)[0];
  };
  const remarks = report.models.flatMap((model): Remark[] => {
    const other = take(model.sha256);
    if (other === undefined) {
      const refused = again.errors.find(({ path: file }) => path.basename(file) === path.basename(model.path));
      return [
        {
          subject: model.path,
          text:
            refused === undefined
              ? 'is not among the models of the new run'
              : `was refused by the new run (${refused.message})`,
        },
      ];
    }
    const found = JSON.parse(JSON.stringify(other)) as ModelReport;
    return capped(
      model.path,
      differences(model, otherKernels ? upToRounding(model, found) : found, placeNames).map(
        ({ at, recorded, found }) => `${at}: recorded ${recorded}, computed again ${found}`,
      ),
    );
  });
  const codes = (errors: Report['errors']) => errors.map(({ code }) => code).sort();
  const refusals = differences(codes(report.errors), codes(again.errors), new Set(), 'errors').map(
    ({ at, recorded, found }) => ({
      subject: 'report.json',
      text: `${at}: recorded ${recorded}, computed again ${found}`,
    }),
  );
  const more = left.map((model) => ({ subject: model.path, text: 'was given, but the report has no such model' }));
  const all = [...remarks, ...refusals, ...more];
  const reason = `computed with other kernels (${again.run.engine}; recorded: ${report.run.engine}), which may count an image otherwise whose two best scores lie within rounding`;
  return otherKernels && remarks.length > 0 ? [...all, { subject: 'report.json', text: reason }] : all;
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

function capped(subject: string, lines: readonly string[]): Remark[] {
  const shown = lines.slice(0, shownPerModel).map((text) => ({ subject, text }));
  return lines.length > shownPerModel
    ? [...shown, { subject, text: `… and ${lines.length - shownPerModel} more figures that differ` }]
    : shown;
}
