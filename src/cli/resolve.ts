import path from 'node:path';
import { failure } from '../base/errors.ts';
import { type ResolvedConfig, resolveConfig } from '../settings/resolve-config.ts';
import { settingsOf } from './flags.ts';
import type { Flags } from './terminal.ts';

/** The settings of one command line: its flags over the config that `--config` names. Throws GoodnetError. */
export async function resolve(
  models: readonly string[],
  flags: Flags,
  { cwd }: { cwd: string },
): Promise<ResolvedConfig> {
  const file = flags['config'] as string | undefined;
  const settings = settingsOf(models, flags);
  if (file === undefined && models.length === 0)
    throw failure('usage', 'command line', {
      cause: 'names no model',
      fix: 'name a model and `--clean FILE`, or `--config FILE`',
    });
  if (file === undefined) return resolveConfig(settings, {}, null);
  const { readConfig } = await import('../settings/config-file.ts');
  return resolveConfig(settings, readConfig(path.resolve(cwd, file), file), file);
}
