import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { globSync, isDynamicPattern } from 'tinyglobby';
import { type Config, pinned } from './config.ts';
import { failure } from './errors.ts';
import { openFile, type PinnedFile } from './files.ts';
import { type ModelFile, readModel } from './keras/read-model.ts';

/** The model files that `patterns` name, in order, each once. What names a file is no pattern. A pattern that matches nothing is an error. Throws `no-models`. */
export function findModels(patterns: readonly string[], cwd: string): string[] {
  const excluded = patterns.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1));
  const found = patterns.filter((pattern) => !pattern.startsWith('!')).flatMap((pattern) => {
    if (!isDynamicPattern(pattern) || existsSync(path.resolve(cwd, pattern))) return [pattern];
    const matches = globSync(pattern, { cwd, ignore: excluded, followSymbolicLinks: false }).sort();
    if (matches.length === 0) throw failure('no-models', 'models', { patterns: pattern });
    return matches;
  });
  if (found.length === 0) throw failure('no-models', 'models', { patterns: patterns.join(', ') });
  return [...new Set(found)];
}

/** One folder name for each model: its path with `/` turned into `__`; a hash of the path tells apart what would collide. */
export function folderNames(models: readonly string[]): string[] {
  const plain = models.map((model) => path.normalize(model).split(/[\\/]/).filter((part) => !['', '.', '..'].includes(part)).join('__').replaceAll(/[^\w.=+-]/g, '_'));
  return models.map((model, i) => {
    const clear = plain.indexOf(plain[i]!) === plain.lastIndexOf(plain[i]!) && !path.normalize(model).startsWith('..');
    return clear ? plain[i]! : `${plain[i]}-${createHash('sha256').update(model).digest('hex').slice(0, 8)}`;
  });
}

/** Reads one model file, with the architecture that the config names for weights-only files. Throws GoodnetError. */
export async function openModel(name: string, config: Pick<Config, 'architecture'>, { cwd }: { cwd: string }): Promise<ModelFile> {
  const open = (file: PinnedFile) => openFile(path.resolve(cwd, file.file), file);
  const file = open({ file: name });
  try {
    const architecture = config.architecture === undefined ? null : open(pinned(config.architecture));
    try {
      return await readModel(file, architecture);
    } finally {
      architecture?.close();
    }
  } finally {
    file.close();
  }
}
