import { type Config, configSchema } from './config.ts';
import { scaleOf } from './data-format.ts';
import { failure } from '../base/errors.ts';
import { checker } from '../base/schema.ts';
import { needOf } from './roles.ts';

/** Where a setting's value comes from, strongest first. */
export type Source = 'flag' | 'config' | 'default';

/** All settings with their defaults, and the source of each value. */
export interface ResolvedConfig {
  config: Config;
  sources: Record<string, Source>;
}

/** Validates settings on their own, before they are joined with others. */
export const checkConfig = checker(configSchema);

/** Joins flags over the config file over the defaults. Flags replace a setting whole. `path` names the config in messages. Throws `config-invalid`. */
export function resolveConfig(
  flags: Partial<Config>,
  fromFile: Record<string, unknown>,
  path: string | null,
): ResolvedConfig {
  const given = Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined));
  const checked = checkConfig({ ...fromFile, ...given });
  if ('problem' in checked)
    throw failure('config-invalid', path ?? 'command line', { cause: checked.problem, fix: checked.fix });
  const config = checked.value;
  const clash = conflict(config);
  if (clash !== null) throw failure('config-invalid', path ?? 'command line', clash);
  const source = (key: string): Source => (key in given ? 'flag' : key in fromFile ? 'config' : 'default');
  return { config, sources: Object.fromEntries(Object.keys(config).map((key) => [key, source(key)])) };
}

function conflict(config: Config): { cause: string; fix: string } | null {
  if (config['prune-inputs-of'] !== undefined && (config.layer !== undefined || config['rank-at'] !== undefined)) {
    return { cause: '`prune-inputs-of` stands beside `layer` or `rank-at`', fix: 'keep one of them' };
  }
  const scale = scaleOf(config.scale);
  if (!isNormal(scale))
    return {
      cause: `\`scale\` = ${config.scale} leaves no image`,
      fix: 'write a number other than 0, or a fraction such as 1/255',
    };
  const shift = config.mean?.find((value) => value !== 0 && !isNormal(value));
  if (shift !== undefined)
    return { cause: `\`mean\` = ${shift} is no number of 32 bits`, fix: 'write a number that a pixel may have' };
  const spread = config.std?.find((value) => !isNormal(value));
  if (spread !== undefined)
    return { cause: `\`std\` = ${spread} is no number of 32 bits`, fix: 'write the spread that pixels have' };
  if (isFlat(scale, config.mean ?? [0], config.std ?? [1]))
    return {
      cause: '`scale`, `mean` and `std` make all pixels from 0 to 255 equal, as numbers of 32 bits',
      fix: 'check them: `mean` and `std` are of pixels after `scale`',
    };
  const alone = standsAlone(config);
  if (alone !== null) return alone;
  for (const [name, { validation, test, target, trigger }] of Object.entries(config.attacks)) {
    const refuse = (cause: string, fix: string) => ({ cause: `attack ${name} ${cause}`, fix });
    const hasFiles = validation !== undefined || test !== undefined;
    if (trigger !== undefined && hasFiles)
      return refuse('has poisoned data and a trigger', 'keep one of them; a trigger is stamped on the clean images');
    if (trigger !== undefined && target === undefined)
      return refuse('has a trigger and no target', 'add `target`, the class that the attacker wants');
    if (trigger === undefined && target !== undefined)
      return refuse('has a target and no trigger', 'add `trigger`; the target of poisoned data is its labels');
    const scale = scaleOf(trigger?.scale ?? 1);
    if (!(scale > 0 && isNormal(scale)))
      return refuse('has a `scale` that leaves no trigger', 'write a number above 0, or a fraction such as 1/255');
    if (trigger === undefined && validation === undefined)
      return refuse('has no validation images', 'add `validation`, or `target` and `trigger`');
  }
  const tested = (split: { test?: unknown } | undefined) => split?.test !== undefined;
  const odd = Object.entries(config.attacks).find(
    ([, attack]) => attack.trigger === undefined && tested(attack) !== tested(config.clean),
  );
  if (odd === undefined || config.clean === undefined) return null;
  return tested(config.clean)
    ? { cause: `attack ${odd[0]} has no test data, the clean images have`, fix: 'name test data for both or for none' }
    : {
        cause: `attack ${odd[0]} has test data, the clean images have none`,
        fix: 'name test data for both or for none',
      };
}

/** The first setting that says nothing without one that is not given. */
function standsAlone(config: Record<string, unknown>): { cause: string; fix: string } | null {
  for (const [name, schema] of Object.entries(configSchema.properties)) {
    const need = needOf(schema);
    if (need !== undefined && config[name] !== undefined && config[need.setting] === undefined)
      return { cause: `\`${name}\` stands without \`${need.setting}\``, fix: need.fix };
  }
  return null;
}

/** Whether a number is one of float32, in which nets compute, with all its bits: neither 0 nor infinite there, nor so small that bits are lost. */
const isNormal = (value: number): boolean =>
  Math.abs(Math.fround(value)) >= 2 ** -126 && Number.isFinite(Math.fround(value));

/** Whether black and white come out equal in some channel. */
function isFlat(scale: number, mean: readonly number[], std: readonly number[]): boolean {
  const pixel = (value: number, c: number): number =>
    Math.fround((value * scale - mean[c % mean.length]!) / std[c % std.length]!);
  return Array.from({ length: Math.max(mean.length, std.length) }, (_, c) => c).some(
    (c) => pixel(0, c) === pixel(255, c),
  );
}
