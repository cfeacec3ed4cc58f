// The room models: model files found, opened and read to plain data, and written again.
// It may import base, settings, formats, output.
import { createHash } from 'node:crypto';
import { type Dirent, existsSync, lstatSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { escapePath, globSync, isDynamicPattern } from 'tinyglobby';
import type { Config } from '../settings/config.ts';
import { boundsOf } from '../settings/bounds.ts';
import { pinned } from '../settings/split-files.ts';
import { failure } from '../base/errors.ts';
import { openLargeFile, type PinnedFile, readAllOfLarge } from '../base/files.ts';
import { isFolder } from '../base/folders.ts';
import { limits } from '../base/limits.ts';
import { folderName } from './folder-name.ts';
import type { FileBytes, ModelFile } from './format.ts';
import { readModel } from './formats.ts';
import type { Edits } from './net.ts';
import { type ReaderPlace, readApart } from './read-apart.ts';

/**
 * The model files that `patterns` name, in order, each once; `!` excludes from all of them. A pattern that is the name of a file is
 * that file, too: a file of such a name hides none that the pattern matches. A pattern that matches nothing is an error, and one that matches a
 * link, or files below one: no model goes unjudged because it stands behind a link. Throws `no-models`, `many-models`, `linked-model` or
 * `costly-pattern`.
 */
export function findModels(patterns: readonly string[], cwd: string): string[] {
  const isFile = (name: string): boolean => existsSync(path.resolve(cwd, name));
  const isExclusion = (pattern: string): boolean => pattern.startsWith('!') && !isFile(pattern);
  const costly = patterns.find((pattern) => !(isFile(pattern) && !matchesOthers.test(pattern)) && isCostly(pattern));
  if (costly !== undefined) throw failure('costly-pattern', 'models', { pattern: costly.slice(0, 200) });
  const ignore = patterns.filter(isExclusion).map((pattern) => pattern.slice(1));
  const matches = (pattern: string): string[] => {
    const folders = new FoldersWithLinks();
    const files = globSync(pattern, {
      cwd,
      ignore,
      followSymbolicLinks: false,
      extglob: false,
      fs: { readdirSync: folders.read as unknown as typeof readdirSync },
    }).sort();
    if (folders.linked !== null) throw failure('linked-model', path.relative(cwd, folders.linked));
    return files;
  };
  const found = patterns
    .filter((pattern) => !isExclusion(pattern))
    .flatMap((pattern) => {
      const isThere = isFile(pattern);
      if (!isThere && !isDynamicPattern(pattern)) return [pattern];
      const isLeftOut = ignore.length > 0 && matches(escapePath(pattern)).length === 0;
      const named = isThere && !isLeftOut ? [pattern] : [];
      if (isThere && !matchesOthers.test(pattern)) return named;
      const files = [...named, ...matches(pattern)];
      if (files.length === 0 && !isThere) throw failure('no-models', 'models', { patterns: pattern });
      const link = files.find((file) => lstatSync(path.resolve(cwd, file)).isSymbolicLink());
      if (link !== undefined) throw failure('linked-model', link);
      return files;
    });
  if (found.length === 0) throw failure('no-models', 'models', { patterns: patterns.join(', ') });
  const models = [...new Map(found.map((name) => [path.normalize(name), name])).values()];
  if (models.length > limits.models)
    throw failure('many-models', 'models', { models: models.length, most: limits.models });
  return models;
}

/** Signs by which the name of a file, as a pattern, matches other names too. */
const matchesOthers = /[*?[{(]/;

/** Folders as they are read for a pattern: a link is taken for the file or folder that it leads to, and one to a folder is not read. */
class FoldersWithLinks {
  private readonly links = new Set<string>();
  /** A link to a folder below which files may match. */
  linked: string | null = null;

  readonly read = (folder: string): Pick<Dirent, 'name' | 'isFile' | 'isDirectory' | 'isSymbolicLink'>[] => {
    const place = path.resolve(folder);
    if (this.links.has(place)) {
      this.linked ??= place;
      return [];
    }
    return readdirSync(folder, { withFileTypes: true }).map((entry) => {
      if (!entry.isSymbolicLink()) return entry;
      const target = path.join(place, entry.name);
      const leadsToFolder = isFolder(target);
      if (leadsToFolder) this.links.add(target);
      return {
        name: entry.name,
        isFile: () => !leadsToFolder,
        isDirectory: () => leadsToFolder,
        isSymbolicLink: () => false,
      };
    });
  };
}

/** No path is longer. */
const longestPattern = 4096;

/** Whether matching a name takes long however few files there are: patterns become regular expressions, which go back at each star and brace. */
function isCostly(pattern: string): boolean {
  const parts = pattern.split('/');
  const count = (text: string, sign: string): number => text.split(sign).length - 1;
  return (
    pattern.length > longestPattern ||
    parts.filter((part) => part.includes('**')).length > 3 ||
    parts.some((part) => part !== '**' && count(part, '*') > 3) ||
    count(pattern, '{') > 3
  );
}

const longestName = 180;

/** Names that Windows keeps for devices, and those that it cuts a dot from. */
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)|\.$/i;

/** One folder name for each model: its path with `/` turned into `__`; a hash of the path tells apart what would collide, letter case aside, or be too long. */
export function folderNames(models: readonly string[], paths: { normalize(path: string): string } = path): string[] {
  const plain = models.map((model) => folderName(paths.normalize(model)));
  const alike = plain.map((name) => name.toLowerCase());
  const sole = (name: string): boolean => alike.indexOf(name.toLowerCase()) === alike.lastIndexOf(name.toLowerCase());
  return models.map((model, i) => {
    const name = plain[i]!;
    const clear =
      sole(name) && !reserved.test(name) && !paths.normalize(model).startsWith('..') && name.length <= longestName;
    return clear
      ? name
      : `${reserved.test(name) ? '_' : ''}${name.slice(-longestName)}-${createHash('sha256').update(model).digest('hex').slice(0, 8)}`;
  });
}

/** What reading a model needs of the world. */
export interface ModelPlace extends ReaderPlace {
  /** Folder that relative paths start from. */
  cwd: string;
}

/** Reads one model file, with the architecture that the config names for weights-only files; `inputs` are these files. Throws GoodnetError. */
export async function openModel(
  name: string,
  config: Pick<Config, 'architecture' | 'max-file-bytes' | 'max-memory-bytes'>,
  place: ModelPlace,
) {
  const { fileBytes, memoryBytes } = boundsOf(config);
  const bytesOf = async (setting: PinnedFile): Promise<FileBytes & { sha256: string }> => {
    if (isFolder(path.resolve(place.cwd, setting.file))) throw failure('model-folder', setting.file);
    const file = await openLargeFile(
      path.resolve(place.cwd, setting.file),
      setting,
      Math.min(fileBytes, memoryBytes),
      place.signal,
    );
    try {
      return { name: file.name, sha256: file.sha256, bytes: await readAllOfLarge(file, place.signal) };
    } finally {
      file.close();
    }
  };
  const model = await bytesOf({ file: name });
  const architecture = config.architecture === undefined ? null : await bytesOf(pinned(config.architecture));
  const copied = architecture && { name: architecture.name, bytes: architecture.bytes.slice() };
  /** Reads what was written in the place of the model, with weights that may be `known`. */
  const again = (bytes: Uint8Array, known: Edits): Promise<ModelFile> =>
    readModel({ ...model, bytes, architecture: copied, memoryBytes, known });
  const inputs = [model, ...(architecture === null ? [] : [architecture])].map(({ name: file, bytes, sha256 }) => ({
    file,
    bytes: bytes.length,
    sha256,
    samples: null,
  }));
  return { ...(await readApart({ ...model, architecture, memoryBytes }, place)), inputs, again };
}
