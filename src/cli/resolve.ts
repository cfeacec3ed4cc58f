import path from 'node:path';
import { failure } from '../base/errors.ts';
import { type ResolvedConfig, resolveConfig } from '../settings/resolve-config.ts';
import { commandLine, settingsOf } from './flags.ts';
import type { Flags } from './terminal.ts';

/** The settings of one command line: its flags over the config that `--config` names. Throws GoodnetError. */
export async function resolve(
  models: readonly string[],
  flags: Flags,
  { cwd }: { cwd: string },
): Promise<ResolvedConfig> {
  const file = flags['config'] as string | undefined;
  const isMap = (value: unknown) => typeof value === 'string' && value.includes('{');
  const needsYaml = file !== undefined || Object.values(flags).flat().some(isMap);
  const yaml = needsYaml ? await import('../settings/config-file.ts') : null;
  const settings = settingsOf(models, flags, yaml?.parseImageFile ?? ((name) => name));
  if (file === undefined && models.length === 0)
    throw failure('usage', 'command line', {
      cause: 'names no model',
      fix: 'name a model and `--clean FILE`, or `--config FILE`',
    });
  if (file === undefined || yaml === null) return resolveConfig(settings, {}, null, commandLine);
  return resolveConfig(settings, yaml.readConfig(path.resolve(cwd, file), file), file, commandLine);
}
