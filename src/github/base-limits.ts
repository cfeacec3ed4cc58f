import { isDeepStrictEqual } from 'node:util';
import { type Config, configSchema } from '../settings/config.ts';
import { readSettings } from '../settings/file-settings.ts';
import { roleOf, withRole } from '../settings/roles.ts';
import { checkConfig, type ResolvedConfig } from '../settings/resolve-config.ts';
import { parseConfig } from '../settings/config-file.ts';
import { failure, GoodnetError } from '../base/errors.ts';
import { code } from '../report/escape.ts';
import type { Base } from './base-file.ts';
import type { Runner } from './runner.ts';

/** Settings as they were resolved, with what a pull request's base commit has to say of them, and what the reader should know of it. */
export interface BaseLimits {
  settings: ResolvedConfig;
  notes: string[];
}

/** Settings that decide the verdict: they are the base commit's. */
const judging = withRole(configSchema, 'limit');

/** Settings that say whom to believe: a pull request brings nobody along. */
const trusting = withRole(configSchema, 'trust');

/** Settings that say what is measured, the models among them: a pull request may change them, but not unseen. */
export const measuring = (Object.keys(configSchema.properties) as (keyof Config)[]).filter(
  (name) =>
    roleOf(configSchema.properties[name]) === 'data' || (readSettings.includes(name) && !judging.includes(name)),
);

/**
 * A pull request does not relax its own limits: those in the config file are taken from its base commit, if the file is there.
 * Inputs stand in the workflow and stay. A limit that the pull request adds holds too; an evaluator that it adds is not asked. Throws `base-config`
 * where the base cannot be asked.
 */
export async function withBaseLimits(
  settings: ResolvedConfig,
  file: string,
  base: Base | null,
  runner: Runner,
): Promise<BaseLimits> {
  if (base === null) return { settings, notes: [] };
  const { text } = await base.read(file);
  if (text === null) {
    const own = believedByBase(settings, parsed('{}', file));
    const none = `The base commit has no ${code(file)}: whatever limits stand in it are this pull request's own.`;
    const notes = Object.values(settings.sources).includes('config') ? [none] : [];
    return { settings: own.settings, notes: [...notes, ...own.notes] };
  }
  const before = parsed(text, file);
  const changed = measuring.filter(
    (name) => settings.sources[name] !== 'flag' && !isDeepStrictEqual(settings.config[name], before[name]),
  );
  const words = (names: readonly string[], config: string) =>
    `This pull request changes what is measured: ${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} not as in the base commit's ${config}.`;
  if (changed.length > 0) runner.annotate('warning', words(changed, file), { title: 'goodnet', file });
  const judged = judgedByBase(settings, before);
  const believed = believedByBase(judged.settings, before);
  return {
    settings: believed.settings,
    notes: [
      ...judged.notes,
      ...believed.notes,
      ...(changed.length === 0
        ? []
        : [
            words(
              changed.map((name) => code(name)),
              code(file),
            ),
          ]),
    ],
  };
}

/** The base commit's settings, with the defaults. */
function parsed(text: string, file: string): Config {
  try {
    const checked = checkConfig({ models: ['-'], ...parseConfig(text, file) });
    return (checked as { value: Config }).value; // parseConfig refuses what is wrong
  } catch (error) {
    if (!(error instanceof GoodnetError)) throw error;
    throw failure('base-config', file, { cause: `there it ${error.reason}` });
  }
}

function judgedByBase(settings: ResolvedConfig, base: Config): BaseLimits {
  const config: Record<string, unknown> = { ...settings.config };
  const differing: string[] = [];
  for (const name of judging) {
    const value = base[name] as number | string | string[] | undefined;
    if (settings.sources[name] === 'flag' || value === undefined || isDeepStrictEqual(config[name], value)) continue;
    const own = config[name] as number | string | string[] | undefined;
    differing.push(
      `${code(`${name}: ${[value].flat().join(', ')}`)}${own === undefined ? ' (this pull request removes it)' : ` (this pull request sets ${code([own].flat().join(', '))})`}`,
    );
    config[name] = value;
  }
  const sources = {
    ...settings.sources,
    ...Object.fromEntries(
      judging
        .filter((name) => config[name] !== undefined && settings.sources[name] !== 'flag')
        .map((name) => [name, 'config' as const]),
    ),
  };
  return {
    settings: { config: config as Config, sources },
    notes: differing.length === 0 ? [] : [`Judged by the limits of the base commit: ${differing.join(', ')}.`],
  };
}

/** With the evaluators that the base commit names, or none, and as many checks of them. */
function believedByBase({ config, sources }: ResolvedConfig, base: Config): BaseLimits {
  const differing = trusting.filter((name) => sources[name] !== 'flag' && !isDeepStrictEqual(config[name], base[name]));
  const names = differing.map((name) => code(name)).join(', ');
  const own = Object.fromEntries(differing.map((name) => [name, base[name]]));
  const settings = Object.entries({ ...config, ...own }).filter(([, value]) => value !== undefined);
  return {
    settings: { config: Object.fromEntries(settings) as Config, sources },
    notes: differing.length === 0 ? [] : [`Not taken from this pull request but from the base commit: ${names}.`],
  };
}
