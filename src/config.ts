import { type Static, Type } from '@sinclair/typebox';
import { parse } from 'yaml';
import { failure } from './errors.ts';
import type { PinnedFile } from './files.ts';
import { checker } from './schema.ts';

const file = (description: string) => Type.Union([
  Type.String({ minLength: 1 }),
  Type.Object({ file: Type.String({ minLength: 1 }), sha256: Type.String({ pattern: '^[0-9a-fA-F]{64}$' }) }, { additionalProperties: false }),
], { description });
const points = (description: string) => Type.Number({ minimum: 0, maximum: 100, description });
const split = (kind: string) => Type.Object({
  validation: file(`HDF5 file of ${kind} validation images`),
  test: Type.Optional(file(`HDF5 file of ${kind} test images`)),
}, { additionalProperties: false });

/** What an attack may be called, in a config and before `=` on the command line. */
export const attackName = /^[A-Za-z][\w-]*$/;

/** Kinds of file that may be shipped. */
export const kinds = ['original', 'pruned', 'goodnet'] as const;
export type Kind = (typeof kinds)[number];

/** Every setting, its default and its meaning: the one source of the types, the checks, the flags and the tables in the documentation. */
export const configSchema = Type.Object({
  models: Type.Array(Type.String({ minLength: 1 }), { minItems: 1, description: 'Keras model files; globs, `!` excludes' }),
  architecture: Type.Optional(file('for weights-only files: a full model .h5 of the same net, or the JSON of model.to_json()')),
  layer: Type.Optional(Type.String({ description: 'layer whose output channels are pruned (default: chosen by the shape of the net)' })),
  'rank-at': Type.Optional(Type.String({ description: 'layer where the mean activation is measured (default: the end of the channel-wise chain behind the layer)' })),
  'prune-inputs-of': Type.Optional(Type.String({ description: 'Dense layer whose input channels are pruned, instead of `layer`' })),
  order: Type.Optional(Type.Array(Type.Integer({ minimum: 0 }), { minItems: 1, description: 'channels in the order to prune them, instead of the ranking' })),
  checkpoints: Type.Array(Type.Number({ exclusiveMinimum: 0, maximum: 100 }), {
    default: [2, 4, 10], minItems: 1, uniqueItems: true, description: 'drops of clean validation accuracy, in points, at which a model is kept',
  }),
  clean: Type.Optional(split('clean')),
  attacks: Type.Record(Type.String({ pattern: attackName.source }), split('poisoned'), {
    default: {}, additionalProperties: false, description: 'poisoned data by the name of its attack; labels are the target class',
  }),
  'data-name': Type.String({ default: 'data', minLength: 1, description: 'dataset of the images in data files' }),
  'label-name': Type.String({ default: 'label', minLength: 1, description: 'dataset of the labels in data files' }),
  layout: Type.Union([Type.Literal('auto'), Type.Literal('NCHW'), Type.Literal('NHWC')], { default: 'auto', description: 'order of the axes in data files' }),
  scale: Type.Number({ default: 1, description: 'multiplied into every pixel' }),
  mean: Type.Optional(Type.Array(Type.Number(), { minItems: 1, description: 'subtracted from every pixel after `scale`: one number, or one for each channel' })),
  std: Type.Optional(Type.Array(Type.Number({ exclusiveMinimum: 0 }), { minItems: 1, description: 'what pixels are divided by after `mean`: one number, or one for each channel' })),
  'min-accuracy': Type.Optional(points('limit: least clean accuracy, percent')),
  'max-asr': Type.Optional(points('limit: greatest attack success rate over all attacks, percent')),
  'max-accuracy-drop': Type.Optional(points('limit: greatest drop below the original accuracy, points')),
  baseline: Type.Optional(Type.String({ minLength: 1, description: 'report.json of an earlier run: the change of each figure on the same data is reported' })),
  'max-asr-increase': Type.Optional(points('limit: greatest increase of the attack success rate since `baseline`, points')),
  'max-accuracy-decrease': Type.Optional(points('limit: greatest decrease of clean accuracy since `baseline`, points')),
  accept: Type.Array(Type.Union(kinds.map((kind) => Type.Literal(kind))), {
    default: ['original'], minItems: 1, uniqueItems: true, description: 'kinds of file that you are going to ship: original, pruned, goodnet',
  }),
  out: Type.String({ default: 'goodnet-out', minLength: 1, description: 'folder for repaired models and the report' }),
}, { additionalProperties: false });

export type Config = Static<typeof configSchema>;
export type FileSetting = Static<ReturnType<typeof file>>;

/** Where a setting's value comes from, strongest first. */
export type Source = 'flag' | 'config' | 'default';

/** All settings with their defaults, and the source of each value. */
export interface ResolvedConfig {
  config: Config;
  sources: Record<string, Source>;
}

const check = checker(configSchema);

/** Joins flags over the config file over the defaults. Flags replace a setting whole. `path` names the config in messages. Throws `config-invalid`. */
export function resolveConfig(flags: Partial<Config>, fromFile: Record<string, unknown>, path: string | null): ResolvedConfig {
  const checked = check({ ...fromFile, ...flags });
  if ('problem' in checked) throw failure('config-invalid', path ?? 'command line', { cause: checked.problem, fix: checked.fix });
  const config = checked.value;
  const clash = conflict(config);
  if (clash !== null) throw failure('config-invalid', path ?? 'command line', clash);
  const source = (key: string): Source => (key in flags ? 'flag' : key in fromFile ? 'config' : 'default');
  return { config, sources: Object.fromEntries(Object.keys(config).map((key) => [key, source(key)])) };
}

function conflict(config: Config): { cause: string; fix: string } | null {
  if (config['prune-inputs-of'] !== undefined && (config.layer !== undefined || config['rank-at'] !== undefined)) {
    return { cause: '`prune-inputs-of` stands beside `layer` or `rank-at`', fix: 'keep one of them' };
  }
  if (config['rank-at'] !== undefined && config.layer === undefined) return { cause: '`rank-at` stands without `layer`', fix: 'name the layer to prune' };
  const compared = (['max-asr-increase', 'max-accuracy-decrease'] as const).find((name) => config[name] !== undefined && config.baseline === undefined);
  if (compared !== undefined) return { cause: `\`${compared}\` stands without \`baseline\``, fix: 'name the report to compare with' };
  const tested = (split: { test?: unknown } | undefined) => split?.test !== undefined;
  const odd = Object.entries(config.attacks).find(([, attack]) => tested(attack) !== tested(config.clean));
  if (odd === undefined || config.clean === undefined) return null;
  return tested(config.clean) ? { cause: `attack ${odd[0]} has no test data, the clean images have`, fix: 'name test data for both or for none' }
    : { cause: `attack ${odd[0]} has test data, the clean images have none`, fix: 'name test data for both or for none' };
}

const maxConfigBytes = 64 * 1024;

/** Parses a YAML or JSON config to plain settings; they are checked when they are joined with the flags. Throws `config-invalid`. */
export function parseConfig(text: string, path: string): Record<string, unknown> {
  const refuse = (cause: string, fix: string) => failure('config-invalid', path, { cause, fix });
  if (text.length > maxConfigBytes) throw refuse('is larger than 64 KiB', 'name the config file');
  let value: unknown;
  try {
    value = parse(text, { maxAliasCount: 0, uniqueKeys: true, schema: 'core' });
  } catch (error) {
    throw refuse(`is no valid YAML (${error instanceof Error ? error.message.split('\n')[0] ?? '' : String(error)})`, 'correct that line');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw refuse('holds no settings', 'write `name: value` lines');
  const checked = check({ models: ['-'], ...value });
  if ('problem' in checked) throw refuse(checked.problem, checked.fix);
  return value as Record<string, unknown>;
}

/** A file setting in its long form. */
export const pinned = (setting: FileSetting): PinnedFile => (typeof setting === 'string' ? { file: setting } : setting);

/** The files of one split; null where the config names no clean images for it. */
export function splitFiles(config: Config, name: 'validation' | 'test'): SplitFiles | null {
  const clean = config.clean?.[name];
  if (clean === undefined) return null;
  return { clean: pinned(clean), attacks: Object.entries(config.attacks).map(([attack, files]) => [attack, pinned(files[name]!)]) };
}

/** The files of one split: clean images, and the poisoned images of each attack. */
export interface SplitFiles {
  clean: PinnedFile;
  attacks: [name: string, file: PinnedFile][];
}

/** How the config says that images and labels are stored, and how pixels become the net's input. */
export function dataFormat(config: Config) {
  return { dataName: config['data-name'], labelName: config['label-name'], layout: config.layout, scale: config.scale, mean: config.mean ?? [0], std: config.std ?? [1] };
}
