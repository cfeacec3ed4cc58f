import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { escapePath, globSync, isDynamicPattern } from 'tinyglobby';
import { type Config, pinned } from './config.ts';
import { failure } from './errors.ts';
import { type OpenFile, openFile, type PinnedFile } from './files.ts';
import { readModel } from './keras/read-model.ts';

/** A pattern that matches more was not meant so. */
const most = 10_000;

/**
 * The model files that `patterns` name, in order, each once; `!` excludes from all of them. A pattern that is the name of a file is
 * that file, whatever signs are in it. A pattern that matches nothing is an error. Throws `no-models` or `many-models`.
 */
export function findModels(patterns: readonly string[], cwd: string): string[] {
  const isFile = (name: string): boolean => existsSync(path.resolve(cwd, name));
  const isExclusion = (pattern: string): boolean => pattern.startsWith('!') && !isFile(pattern);
  const ignore = patterns.filter(isExclusion).map((pattern) => pattern.slice(1));
  const matches = (pattern: string): string[] => globSync(pattern, { cwd, ignore, followSymbolicLinks: false }).sort();
  const found = patterns.filter((pattern) => !isExclusion(pattern)).flatMap((pattern) => {
    if (isFile(pattern)) return ignore.length === 0 || matches(escapePath(pattern)).length > 0 ? [pattern] : [];
    if (!isDynamicPattern(pattern)) return [pattern];
    const files = matches(pattern);
    if (files.length === 0) throw failure('no-models', 'models', { patterns: pattern });
    return files;
  });
  if (found.length === 0) throw failure('no-models', 'models', { patterns: patterns.join(', ') });
  const models = [...new Map(found.map((name) => [path.normalize(name), name])).values()];
  if (models.length > most) throw failure('many-models', 'models', { models: models.length, most });
  return models;
}

const longestName = 180;

/** Names that Windows keeps for devices, and those that it cuts a dot from. */
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)|\.$/i;

/** One folder name for each model: its path with `/` turned into `__`; a hash of the path tells apart what would collide, letter case aside, or be too long. */
export function folderNames(models: readonly string[], paths: { normalize(path: string): string } = path): string[] {
  const plain = models.map((model) => paths.normalize(model).split(/[\\/]/).filter((part) => !['', '.', '..'].includes(part)).join('__').replaceAll(/[^\w.=+-]/g, '_'));
  const alike = plain.map((name) => name.toLowerCase());
  const sole = (name: string): boolean => alike.indexOf(name.toLowerCase()) === alike.lastIndexOf(name.toLowerCase());
  return models.map((model, i) => {
    const name = plain[i]!;
    const clear = sole(name) && !reserved.test(name) && !paths.normalize(model).startsWith('..') && name.length <= longestName;
    return clear ? name : `${reserved.test(name) ? '_' : ''}${name.slice(-longestName)}-${createHash('sha256').update(model).digest('hex').slice(0, 8)}`;
  });
}

/** Reads one model file, with the architecture that the config names for weights-only files; `inputs` are these files. Throws GoodnetError. */
export async function openModel(name: string, config: Pick<Config, 'architecture'>, { cwd }: { cwd: string }) {
  const opened: OpenFile[] = [];
  const open = (pin: PinnedFile): OpenFile => {
    const file = openFile(path.resolve(cwd, pin.file), pin);
    opened.push(file);
    return file;
  };
  try {
    const read = await readModel(open({ file: name }), config.architecture === undefined ? null : open(pinned(config.architecture)));
    return { ...read, inputs: opened.map(({ name: file, size: bytes, sha256 }) => ({ file, bytes, sha256, samples: null })) };
  } finally {
    opened.forEach((file) => file.close());
  }
}
