import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import type { Remark } from './bundle.ts';
import type { Config } from '../../settings/config.ts';
import { hashInput } from '../../data/folder.ts';
import { GoodnetError } from '../../base/errors.ts';
import { inside } from '../../base/folders.ts';
import { mapFiles, namedFiles } from '../../settings/file-settings.ts';
import { findModels } from '../../models/find-models.ts';
import type { Manifest } from '../../report/record/manifest.ts';

/** Where the inputs of a bundle are looked for. */
export interface InputPlace {
  /** Folder that recorded paths start from; nothing outside it is opened for a bundle's sake. */
  base: string;
  /** The bundle's own folder. */
  bundle: string;
  /** Settings that name files anew, by absolute paths. */
  given: Partial<Config>;
}

export interface InputCheck {
  differences: Remark[];
  /** Inputs that were not found, and why. */
  missing: Remark[];
  found: number;
}

/** Re-hashes what was given anew and the recorded inputs that are still where they were. An input counts as found wherever its content is. */
export function checkInputs(inputs: Manifest['inputs'], { base, bundle, given }: InputPlace): InputCheck {
  const result: InputCheck = { differences: [], missing: [], found: 0 };
  const differs = (subject: string, text: string): void => void result.differences.push({ subject, text });
  const present = new Set<string>();
  const known = new Set(inputs.map((input) => input.sha256));
  for (const file of givenFiles(given, base)) {
    const actual = digest(file, file);
    if ('problem' in actual) differs(file, actual.problem);
    else if (known.has(actual.sha256)) present.add(actual.sha256);
    else differs(file, `has SHA-256 ${actual.sha256}, which no recorded input has`);
  }
  for (const { path: subject, sha256 } of inputs) {
    const reason = present.has(sha256) ? null : absent(subject, base, bundle);
    if (reason !== null) {
      result.missing.push({ subject, text: reason });
      continue;
    }
    result.found++;
    if (present.has(sha256)) continue;
    const actual = digest(path.resolve(base, subject), subject);
    if ('problem' in actual) differs(subject, actual.problem);
    else if (actual.sha256 !== sha256) differs(subject, `has SHA-256 ${actual.sha256}, the manifest records ${sha256}`);
  }
  return result;
}

/** Settings with absolute file names, so that they mean the same in any folder. */
export const absolute = (settings: Partial<Config>, cwd: string): Partial<Config> =>
  mapFiles(settings, (file) => path.resolve(cwd, file));

/** Why a recorded file is not opened; null where it lies below `base`, by its real path. */
export function absent(file: string, base: string, bundle: string): string | null {
  const place = path.resolve(base, file);
  if (!existsSync(place)) return 'was not found';
  const real = realpathSync(place);
  if (!inside(realpathSync(base), real)) return 'lies outside the folder of the inputs, and was not opened';
  return inside(realpathSync(bundle), real) ? 'lies in the bundle itself, and was not opened as an input' : null;
}

function givenFiles({ models, ...others }: Partial<Config>, cwd: string): string[] {
  return [...(models === undefined ? [] : findModels(models, cwd)), ...namedFiles(others)];
}

function digest(file: string, name: string): { sha256: string } | { problem: string } {
  try {
    return { sha256: hashInput(file, { file: name }) };
  } catch (error) {
    if (error instanceof GoodnetError) return { problem: error.reason };
    throw error;
  }
}
