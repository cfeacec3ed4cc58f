import path from 'node:path';
import type { Config } from '../../settings/config.ts';
import type { ResolvedConfig } from '../../settings/resolve-config.ts';
import { formatConfig } from '../../settings/config-file.ts';
import { failure } from '../../base/errors.ts';
import type { Probe } from './probe.ts';
import { NewFile } from '../../output/new-file.ts';
import { suggestedLimits } from '../../verdict/metric-table.ts';
import { preparedAs } from './prepared.ts';
import { minimalWorkflow } from './workflow.ts';

/** A config to paste or to commit. */
export interface SuggestedConfig {
  /** What the flags say, with the pixel range, layout and reading of class folders that score best. */
  settings: Partial<Config>;
  text: string;
}

/** The config that says what the flags say, with the preparation that scored best. */
export function suggestConfig({ config, sources }: ResolvedConfig, { trials, best }: Probe): SuggestedConfig {
  const given = Object.fromEntries(Object.entries(config).filter(([name]) => sources[name] === 'flag'));
  const settings: Partial<Config> = { ...given, ...preparedAs(trials[best]!, trials) };
  return { settings, text: formatConfig(settings) };
}

/** Where the Action and `--config` look for it, and the workflow that runs it. */
export const setupFiles = { config: '.github/goodnet.yml', workflow: '.github/workflows/goodnet.yml' };

/**
 * Writes a config and a workflow that gate the model as they are; neither replaces a file. Limits that can be suggested and were not given
 * are set. Answers the paths. Throws `usage` where nothing could be judged, `output-exists`.
 */
export function writeSetup(suggested: SuggestedConfig, { trials, best, verdict }: Probe, cwd: string): string[] {
  const { settings } = suggested;
  if (verdict === 'none')
    throw failure('usage', '--write', {
      cause: 'no preparation of the pixels fits this net',
      fix: 'give `--scale`, `--mean` and `--std` as the net was trained',
    });
  if (Object.keys(settings.attacks ?? {}).length === 0)
    throw failure('usage', '--write', {
      cause: 'needs poisoned images: without an attack nothing can be judged',
      fix: 'add `--poisoned NAME=FILE`',
    });
  const files = Object.values(setupFiles).map((name) => new NewFile(name, cwd));
  const gated = { ...settings, ...suggestedLimits(trials[best]!.accuracy), ...settings };
  const texts = [formatConfig(gated), minimalWorkflow];
  files.forEach((file, i) => file.write(new TextEncoder().encode(texts[i])));
  return Object.values(setupFiles).map((name) => path.normalize(name));
}
