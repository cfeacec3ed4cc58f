import path from 'node:path';
import { type Bundle, checkFiles, openBundle, type Remark, reportOf } from './bundle.ts';
import { checkReport } from './check-report.ts';
import { type Config, whoComputes } from '../../settings/config.ts';
import { GoodnetError } from '../../base/errors.ts';
import { fileSettings } from '../../settings/file-settings.ts';
import { differences } from '../../report/record/differences.ts';
import { manifestName } from '../../report/record/manifest.ts';
import type { Report } from '../../report/record/report.ts';
import { isModelFile } from '../../report/write-models.ts';
import { rerun } from './rerun.ts';
import type { Listener } from '../listener.ts';
import type { World } from '../world.ts';
import { absolute, checkInputs, type InputPlace } from './verify-inputs.ts';

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
  /** Images that other kernels than the recorded ones count otherwise, since rounding decides their class. */
  withinRounding: Remark[];
  unchecked: Remark[];
}

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
  const read = readReport(bundle);
  const told =
    read.report === null
      ? { models: 0, verdict: null, differences: read.differences, unchecked: [] }
      : checkReport(read.report, bundle, place, world.version);
  const again =
    read.report !== null && order.rerun
      ? await computedAgain(read.report, place, world, listener)
      : { rerun: false, differences: [], withinRounding: [] };
  return {
    folder: order.folder,
    manifestSha256: bundle.manifestSha256,
    version: manifest.version,
    files: manifest.outputs.length - files.absent.length,
    inputs: { recorded: manifest.inputs.length, found: inputs.found },
    models: told.models,
    rerun: again.rerun,
    verdict: told.verdict,
    differences: [
      ...files.differences,
      ...inputs.differences,
      ...otherSettings(manifest.config, order.given),
      ...told.differences,
      ...again.differences,
    ],
    withinRounding: again.withinRounding,
    unchecked: [
      ...inputs.missing,
      ...files.absent,
      ...files.leftovers,
      ...otherVersion(manifest.version, world.version),
      ...told.unchecked,
    ],
  };
}

function otherVersion(wrote: string, here: string): Remark[] {
  if (wrote === here) return [];
  const text = `was written by goodnet ${wrote}, this is ${here}: pictures and tables were not drawn again`;
  return [{ subject: manifestName, text }];
}

/** The report as it lies there; null with what is wrong with it, which is nothing where there is none. */
function readReport(bundle: Bundle): { report: Report; differences: [] } | { report: null; differences: Remark[] } {
  try {
    return { report: reportOf(bundle), differences: [] };
  } catch (error) {
    if (!(error instanceof GoodnetError)) throw error;
    const absent = error.code === 'file-missing';
    return { report: null, differences: absent ? [] : [{ subject: 'report.json', text: error.reason }] };
  }
}

/** What a new run comes to otherwise; or why there could be none. */
async function computedAgain(
  report: Report,
  place: InputPlace,
  world: World,
  listener: Listener,
): Promise<Pick<Verification, 'rerun' | 'differences' | 'withinRounding'>> {
  try {
    return { rerun: true, ...(await rerun(report, place, world, listener)) };
  } catch (error) {
    if (!(error instanceof GoodnetError)) throw error;
    return { rerun: error.message, differences: [], withinRounding: [] };
  }
}

/** Settings given anew that the run did not have. Where files lie does not matter: their content is compared. */
function otherSettings(recorded: Report['config'], given: Partial<Config>): Remark[] {
  return Object.entries(given)
    .filter(([name]) => !whoComputes.includes(name) && !fileSettings.includes(name as keyof Config))
    .flatMap(([name, value]) =>
      differences(recorded[name]?.value, value, new Set(), name).map(({ at, recorded: before, found }) => ({
        subject: 'settings',
        text: `${at}: recorded ${before}, given ${found}`,
      })),
    );
}
