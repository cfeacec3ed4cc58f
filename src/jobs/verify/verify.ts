import { createHash } from 'node:crypto';
import path from 'node:path';
import { type Bundle, checkFiles, hashIn, openBundle, type Remark, reportOf } from './bundle.ts';
import type { Config } from '../../settings/config.ts';
import { GoodnetError } from '../../base/errors.ts';
import { limits } from '../../base/limits.ts';
import { fileSettings } from '../../settings/file-settings.ts';
import type { Baseline } from '../../report/record/baseline.ts';
import { differences, firstDifference } from '../../report/record/differences.ts';
import { manifestName } from '../../report/record/manifest.ts';
import { readBaseline } from '../../report/record/read-report.ts';
import { recomputed } from '../../report/record/recheck.ts';
import type { Report } from '../../report/record/report.ts';
import { isModelFile } from '../../report/write-models.ts';
import { drawings } from '../../report/write-report.ts';
import { rerun } from './rerun.ts';
import type { Listener } from '../listener.ts';
import type { World } from '../world.ts';
import { absent, absolute, checkInputs, type InputPlace } from './verify-inputs.ts';

/** What to check, and where its inputs lie now. */
export interface VerifyOrder {
  folder: string;
  /** Folder that recorded paths of inputs start from. */
  inputs: string;
  /** Settings given anew: files that lie elsewhere now, and settings that the run is expected to have had. */
  given: Partial<Config>;
  /** Whether the whole defense is computed again. */
  rerun: boolean;
  /** Whether repaired models may be absent, as from a report that is handed on without them. */
  withoutModels?: boolean;
}

/** What `verify` found. The folder is as goodnet wrote it if `differences` is empty; what is in `unchecked` was not looked at. */
export interface Verification {
  folder: string;
  manifestSha256: string;
  version: string;
  files: number;
  inputs: { recorded: number; found: number };
  models: number;
  /** Whether the defense was computed again; or why it could not be. */
  rerun: boolean | string;
  /** The verdict from the counts; null where there is no report that can be read. */
  verdict: Report['verdict'] | null;
  differences: Remark[];
  unchecked: Remark[];
}

const shownFigures = 50;

/**
 * Checks a folder that `defend` wrote: every output against the manifest, every input that is still found, every figure and the verdict against the
 * recorded counts, and, if asked, against a new run. Nothing in the folder is trusted. Throws GoodnetError where it is no such folder.
 */
export async function verify(order: VerifyOrder, world: World, listener: Listener = {}): Promise<Verification> {
  const bundle = openBundle(order.folder, world.cwd);
  const { manifest } = bundle;
  const place: InputPlace = {
    base: path.resolve(world.cwd, order.inputs),
    bundle: bundle.folder,
    given: absolute(order.given, world.cwd),
  };
  const inputs = checkInputs(manifest.inputs, place);
  const files = checkFiles(bundle, (file) => order.withoutModels === true && isModelFile(file));
  const result: Verification = {
    folder: order.folder,
    manifestSha256: bundle.manifestSha256,
    version: manifest.version,
    files: manifest.outputs.length - files.absent.length,
    inputs: { recorded: manifest.inputs.length, found: inputs.found },
    models: 0,
    rerun: false,
    verdict: null,
    differences: [...files.differences, ...inputs.differences, ...otherSettings(manifest.config, order.given)],
    unchecked: [...inputs.missing, ...files.absent, ...files.leftovers],
  };
  if (manifest.version !== world.version)
    result.unchecked.push({
      subject: manifestName,
      text: `was written by goodnet ${manifest.version}, this is ${world.version}: pictures and tables were not drawn again`,
    });
  const report = readReport(bundle, result);
  if (report === null) return result;
  checkReport(report, bundle, place, world.version, result);
  if (order.rerun) {
    try {
      result.differences = result.differences.concat(await rerun(report, place, world, listener));
      result.rerun = true;
    } catch (error) {
      if (!(error instanceof GoodnetError)) throw error;
      result.rerun = error.message;
    }
  }
  return result;
}

/** The report as it lies there; what is wrong with it goes to the result. */
function readReport(bundle: Bundle, { differences: found }: Verification): Report | null {
  try {
    return reportOf(bundle);
  } catch (error) {
    if (!(error instanceof GoodnetError)) throw error;
    if (error.code !== 'file-missing') found.push({ subject: 'report.json', text: error.reason });
    return null;
  }
}

function checkReport(report: Report, bundle: Bundle, place: InputPlace, version: string, result: Verification): void {
  const { manifest } = bundle;
  const found = result.differences;
  const same = (subject: string, one: unknown, other: unknown, words: [string, string], at = ''): void =>
    differences(one, other, new Set(), at, shownFigures).forEach((each) =>
      found.push({ subject, text: `${each.at}: ${words[0]} ${each.recorded}, ${words[1]} ${each.found}` }),
    );
  const { config, inputs, run } = report;
  same(
    manifestName,
    { config: manifest.config, inputs: manifest.inputs, version: manifest.version, engine: manifest.engine },
    { config, inputs, version: run.version, engine: run.engine },
    ['recorded', 'in report.json'],
  );
  same(
    'report.json',
    [...report.files].sort(),
    [manifestName, ...manifest.outputs.map((output) => output.path)].sort(),
    ['recorded', 'in the manifest'],
    'files',
  );
  const hashes = new Map(manifest.outputs.map((output) => [output.path, output.sha256]));
  for (const { file, sha256 } of report.models.flatMap(({ candidates }) => candidates)) {
    if (file !== null && hashes.get(file) !== sha256)
      found.push({
        subject: file,
        text: `has SHA-256 ${sha256} in report.json, ${hashes.get(file) ?? 'none'} in the manifest`,
      });
  }
  for (const model of report.models) {
    if (!inputs.some((input) => input.path === model.path && input.sha256 === model.sha256))
      found.push({ subject: model.path, text: 'is not among the inputs with the SHA-256 that the report gives it' });
  }
  try {
    const again = recomputed(report, baselineOf(report, place, result));
    result.models = again.models.length;
    result.verdict = again.verdict;
    const steps = report.models.reduce((sum, { sweep }) => sum + sweep.steps.length, 0);
    const few = steps <= limits.drawnSteps;
    if (!few)
      result.unchecked.push({
        subject: 'report.json',
        text: `has ${steps} steps, over ${limits.drawnSteps}: pictures and tables were not drawn again`,
      });
    if (few && manifest.version === version && firstDifference(report, again) === null)
      checkDrawn(report, bundle).forEach((remark) => found.push(remark));
    same('report.json', report, again, ['recorded', 'from the counts']);
  } catch (error) {
    if (!(error instanceof GoodnetError)) throw error;
    found.push({
      subject: 'report.json',
      text: error.subject === 'report.json' ? error.reason : `${error.subject} ${error.reason}`,
    });
  }
}

/** Draws every table and picture again from a report whose figures hold, one at a time. What it says of the data may still be no finding of goodnet's. */
function checkDrawn(report: Report, bundle: Bundle): Remark[] {
  const found: Remark[] = [];
  try {
    for (const [file, parts] of drawings(report)) {
      const sha256 = hashIn(bundle, file);
      if (sha256 !== null && sha256 !== hashOf(parts()))
        found.push({ subject: file, text: 'says something else than report.json' });
    }
  } catch {
    return [{ subject: 'report.json', text: 'holds findings that goodnet does not write' }];
  }
  return found;
}

function hashOf(parts: Iterable<string>): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

/** The baseline that the run was compared with, if it is still the same file; else its changes stay as recorded, which is told. */
function baselineOf(
  { config, inputs }: Report,
  { base, bundle, given }: InputPlace,
  { unchecked }: Verification,
): Baseline | null {
  const file = config['baseline']?.value;
  if (typeof file !== 'string') return null;
  const recorded = inputs.find((input) => input.path === file && input.samples === null);
  const named = given.baseline ?? (absent(file, base, bundle) === null ? path.resolve(base, file) : null);
  const baseline = named === null || recorded === undefined ? null : readBaseline(named, file);
  if (baseline !== null && baseline.file!.sha256 === recorded!.sha256) return baseline;
  unchecked.push({ subject: file, text: 'is not there as it was: changes since this baseline are as recorded' });
  return null;
}

/** Settings given anew that the run did not have. Where files lie does not matter: their content is compared. */
function otherSettings(recorded: Report['config'], given: Partial<Config>): Remark[] {
  return Object.entries(given)
    .filter(([name]) => name !== 'workers' && !fileSettings.includes(name as keyof Config))
    .flatMap(([name, value]) =>
      differences(recorded[name]?.value, value, new Set(), name).map(({ at, recorded: before, found }) => ({
        subject: 'settings',
        text: `${at}: recorded ${before}, given ${found}`,
      })),
    );
}
