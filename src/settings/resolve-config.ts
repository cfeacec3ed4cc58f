import { type Config, configSchema, type DefenseName, type Given, type Kind } from './config.ts';
import { scaleOf } from './data-format.ts';
import { failure } from '../base/errors.ts';
import { type Checked, checker } from '../base/schema.ts';
import { needOf } from './roles.ts';
import { fractionAmong, inOneForm } from './written.ts';

/** Where a setting's value comes from, strongest first. */
export type Source = 'flag' | 'config' | 'default';

/** All settings with their defaults, and the source of each value. */
export interface ResolvedConfig {
  config: Config;
  sources: Record<string, Source>;
}

/** How whoever passes settings on calls them in messages: each by its name, and all of them. */
export interface Door {
  called: (setting: string) => string;
  whole: string;
}
const library: Door = { called: (setting) => setting, whole: 'settings' };

const check = checker(configSchema);

/** Validates settings on their own, before they are joined with others, and brings each to its one form. */
export function checkConfig(settings: unknown): Checked<Config> {
  const checked = check(settings);
  return 'problem' in checked ? checked : { value: inOneForm(configSchema.properties, checked.value) };
}

/** `checkConfig` of what people write: what could be read in two ways is refused as well. */
export function checkWritten(settings: object): Checked<Config> {
  const checked = checkConfig(settings);
  return 'problem' in checked ? checked : (fractionAmong(configSchema.properties, settings) ?? checked);
}

/**
 * Joins flags over the config file over the defaults. Flags replace a setting whole. `path` names the config in messages, `door` where
 * the flags come from. Throws `config-invalid` about the place where the wrong value stands.
 */
export function resolveConfig(
  flags: Given,
  fromFile: Record<string, unknown>,
  path: string | null,
  door: Door = library,
): ResolvedConfig {
  const given = Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined));
  const config = checkedJoin(given, fromFile, path, door);
  const clash = conflict(config);
  if (clash !== null) throw failure('config-invalid', placeOf(clash.of, given, fromFile, path, door), clash);
  const source = (key: string): Source => (key in given ? 'flag' : key in fromFile ? 'config' : 'default');
  return { config, sources: Object.fromEntries(Object.keys(config).map((key) => [key, source(key)])) };
}

/** Flags over the config file, checked, with the defaults. Throws `config-invalid`. */
export function checkedJoin(given: object, fromFile: object, path: string | null, door: Door): Config {
  const checked = checkWritten({ ...fromFile, ...given });
  if (!('problem' in checked)) return checked.value;
  const place = placeOf([checked.key], given, fromFile, path, door);
  throw failure('config-invalid', place, { cause: checked.problem, fix: checked.fix });
}

/** Where those of the settings stand that somebody gave: a flag or an input each, or the config file. */
function placeOf(settings: readonly string[], given: object, fromFile: object, path: string | null, door: Door) {
  const places = settings.flatMap((name) =>
    name in given ? [door.called(name)] : name in fromFile && path !== null ? [path] : [],
  );
  return [...new Set(places)].join(' and ') || (path ?? door.whole);
}

/** The defense that makes files of a kind. */
const made: { readonly [K in Kind]?: DefenseName } = { 'fine-pruned': 'fine-pruning', unlearned: 'unlearning' };

/** Settings that cannot stand together, or say nothing. */
interface Conflict {
  of: string[];
  cause: string;
  fix: string;
}

function conflict(config: Config): Conflict | null {
  if (config['prune-inputs-of'] !== undefined && (config.layer !== undefined || config['rank-at'] !== undefined)) {
    return {
      of: ['prune-inputs-of', 'layer', 'rank-at'],
      cause: '`prune-inputs-of` stands beside `layer` or `rank-at`',
      fix: 'keep one of them',
    };
  }
  const scale = scaleOf(config.scale);
  if (!isNormal(scale))
    return {
      of: ['scale'],
      cause: `\`scale\` = ${config.scale} leaves no image`,
      fix: 'write a number other than 0, or a fraction such as 1/255',
    };
  const shift = config.mean?.find((value) => value !== 0 && !isNormal(value));
  if (shift !== undefined)
    return {
      of: ['mean'],
      cause: `\`mean\` = ${shift} is no number of 32 bits`,
      fix: 'write a number that a pixel may have',
    };
  const spread = config.std?.find((value) => !isNormal(value));
  if (spread !== undefined)
    return {
      of: ['std'],
      cause: `\`std\` = ${spread} is no number of 32 bits`,
      fix: 'write the spread that pixels have',
    };
  if (isFlat(scale, config.mean ?? [0], config.std ?? [1]))
    return {
      of: ['scale', 'mean', 'std'],
      cause: '`scale`, `mean` and `std` make all pixels from 0 to 255 equal, as numbers of 32 bits',
      fix: 'check them: `mean` and `std` are of pixels after `scale`',
    };
  const unmade = config.accept.find((kind) => made[kind] !== undefined && !config.defenses.includes(made[kind]));
  if (unmade !== undefined)
    return {
      of: ['accept', 'defenses'],
      cause: `\`accept\` names ${unmade}, which none of \`defenses\` makes`,
      fix: `add \`${made[unmade]!}\` to \`defenses\``,
    };
  if (!config.defenses.includes('pruning'))
    return {
      of: ['defenses'],
      cause: '`defenses` lacks `pruning`, whose sweep every report shows',
      fix: `write \`defenses: [pruning, ${config.defenses.join(', ')}]\``,
    };
  const alone = standsAlone(config);
  if (alone !== null) return alone;
  for (const [name, { validation, test, target, trigger }] of Object.entries(config.attacks)) {
    const refuse = (cause: string, fix: string) => ({ of: ['attacks'], cause: `attack ${name} ${cause}`, fix });
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
  return {
    of: ['attacks', 'clean'],
    cause: tested(config.clean)
      ? `attack ${odd[0]} has no test data, the clean images have`
      : `attack ${odd[0]} has test data, the clean images have none`,
    fix: 'name test data for both or for none',
  };
}

/** The first setting that says nothing without one that is not given. */
function standsAlone(config: Record<string, unknown>): Conflict | null {
  for (const [name, schema] of Object.entries(configSchema.properties)) {
    const need = needOf(schema);
    if (need !== undefined && config[name] !== undefined && config[need.setting] === undefined)
      return { of: [name], cause: `\`${name}\` stands without \`${need.setting}\``, fix: need.fix };
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
