import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Config } from '../settings/config.ts';
import { type Door, type ResolvedConfig, resolveConfig } from '../settings/resolve-config.ts';
import { readConfig } from '../settings/config-file.ts';
import { failure } from '../base/errors.ts';
import { type LimitName, type Limits, limitNames, metrics, ownLimits } from '../verdict/metric-table.ts';
import type { Baseline } from '../report/record/baseline.ts';
import { artifactBaseline } from './artifact-baseline.ts';
import { judgingBaseline } from './base-baseline.ts';
import { type Base, baseOf } from './base-file.ts';
import { type BaseLimits, withBaseLimits } from './base-limits.ts';
import type { Event } from './event.ts';
import type { ActionInputs, Inputs } from './inputs.ts';
import { confine, type Fence } from './paths.ts';
import type { Runner } from './runner.ts';

export const usualConfig = '.github/goodnet.yml';

/** What messages call settings that inputs gave. */
const inputs: Door = { called: (name) => name, whole: 'inputs' };

/** Settings that models can be judged by, and what to say of where they come from. */
export interface Judgeable {
  settings: ResolvedConfig;
  notes: string[];
  /** What `baseline` names, read. */
  baseline: Baseline | null;
}

/**
 * Joins inputs over the config file over the defaults, and refuses before any work what no model could be judged by.
 * `planned` are the models where neither names any. Throws GoodnetError.
 */
export async function resolveSettings(
  inputs: Inputs,
  fence: Fence,
  event: Event,
  runner: Runner,
  planned?: readonly string[],
): Promise<Judgeable> {
  const { base, ...judged } = await resolveForShard(inputs, fence, event, runner, planned);
  return compared(judged, inputs.action, base, fence, event, runner);
}

/** The same for a job that counts and judges nothing: without the baseline. */
export async function resolveForShard(
  { action, settings }: Inputs,
  fence: Fence,
  event: Event,
  runner: Runner,
  planned?: readonly string[],
): Promise<BaseLimits & { base: Base | null }> {
  const file = configFile(action['config-file'], fence);
  const fromFile = file === null ? {} : readAdmitted(file, fence);
  const isNamed = 'models' in settings || 'models' in fromFile;
  if (!isNamed && planned === undefined)
    throw failure('input-invalid', 'models', {
      cause: 'name no model',
      fix: 'set the input `models`, or `models` in the config file',
    });
  const given = isNamed ? settings : { ...settings, models: [...planned!] };
  const resolved = resolveConfig(given, fromFile, file, inputs);
  const base = await baseOf(event, action['pr-number'], fence.cwd, runner);
  const judged = await withBaseLimits(resolved, action['config-file'] ?? usualConfig, base, runner);
  refuseUnjudgeable(judged.settings);
  confine(judged.settings.config, fence);
  return { ...judged, base };
}

/** The settings that a merge judges by: limits too, also where nothing is to be judged. The data was read by the jobs, so none is asked for. Throws GoodnetError. */
export async function resolveForMerge(
  { action, settings }: Inputs,
  models: string[],
  fence: Fence,
  event: Event,
  runner: Runner,
): Promise<Judgeable> {
  const file = configFile(action['config-file'], fence);
  const fromFile = file === null ? {} : readAdmitted(file, fence);
  const resolved = resolveConfig({ ...settings, models: models.length === 0 ? ['-'] : models }, fromFile, file, inputs);
  const base = await baseOf(event, action['pr-number'], fence.cwd, runner);
  const judged = await withBaseLimits(resolved, action['config-file'] ?? usualConfig, base, runner);
  refuseWithoutLimits(judged.settings.config);
  for (const file of [
    judged.settings.config.out,
    judged.settings.config.baseline ?? '.',
    judged.settings.config['sarif-file'] ?? '.',
  ])
    fence.admit(file);
  return compared(judged, action, base, fence, event, runner);
}

async function compared(
  { settings, notes }: BaseLimits,
  { 'baseline-artifact': artifact }: ActionInputs,
  base: Base | null,
  { cwd }: Fence,
  event: Event,
  runner: Runner,
): Promise<Judgeable> {
  const { baseline, notes: more } =
    artifact === undefined
      ? await judgingBaseline(settings, cwd, base)
      : await artifactBaseline(artifact, base === null ? event.defaultBranch : base.branch, event, runner);
  return { settings, baseline, notes: [...notes, ...more] };
}

/** The limits among settings, and that they are held against intervals. */
export const limitsOf = (settings: Record<string, unknown>): Limits => ({
  ...Object.fromEntries(
    limitNames.flatMap((name) => (typeof settings[name] === 'number' ? [[name, settings[name]]] : [])),
  ),
  ...(settings['judge-by'] === 'interval' && { 'judge-by': 'interval' }),
});

/** The config file that is named, or the usual one where it exists. */
export function configFile(named: string | undefined, { cwd }: Fence): string | null {
  return named ?? (existsSync(path.resolve(cwd, usualConfig)) ? usualConfig : null);
}

function refuseWithoutLimits(config: Config): LimitName[] {
  const limits = limitNames.filter((name) => config[name] !== undefined);
  if (limits.length === 0) throw failure('no-limits', 'settings', { limits: ownLimits() });
  return limits;
}

function refuseUnjudgeable({ config }: ResolvedConfig): void {
  const limits = refuseWithoutLimits(config);
  if (config.clean === undefined)
    throw failure('limit-without-data', 'settings', { limit: limits[0]!, data: 'clean images (`clean`)' });
  const ofPoisoned = Object.values(metrics).find(
    ({ setting, images }) => images === 'poisoned' && limits.includes(setting),
  );
  if (ofPoisoned !== undefined && Object.keys(config.attacks).length === 0) {
    throw failure('limit-without-data', 'settings', {
      limit: ofPoisoned.setting,
      data: 'poisoned images (`attacks`, or the input `poisoned`)',
    });
  }
}

function readAdmitted(file: string, { cwd, admit }: Fence): Record<string, unknown> {
  admit(file);
  return readConfig(path.resolve(cwd, file), file);
}
