import { existsSync, lstatSync, readdirSync, realpathSync } from 'node:fs';
import path from 'node:path';
import type { Config } from '../settings/config.ts';
import { sharedFiles, writtenFiles } from '../settings/file-settings.ts';
import { failure } from '../base/errors.ts';
import { inside } from '../base/folders.ts';

/** The folders that the action may read from and write to. */
export interface Fence {
  cwd: string;
  /** Checks one file or folder by its real path. Throws `file-outside`. */
  admit: (file: string) => void;
}

/** Nothing outside the workspace and the runner's temporary folder is opened, whatever links or `..` a pull request brings. */
export function fence(env: Readonly<Record<string, string | undefined>>, cwd: string): Fence {
  const roots = [cwd, env['RUNNER_TEMP']]
    .filter((folder) => folder !== undefined && existsSync(folder))
    .map((folder) => realpathSync(folder!));
  const admit = (file: string): void => {
    const real = realpathSync(nearestExisting(path.resolve(cwd, file)));
    if (!roots.some((root) => inside(root, real))) throw failure('file-outside', file);
  };
  return { cwd, admit };
}

/** Checks every file and folder that the settings name, apart from the models: each of those is checked as it is opened. Throws `file-outside`. */
export function confine(config: Config, { cwd, admit }: Fence): void {
  writtenFiles(config).forEach(admit);
  for (const file of sharedFiles(config)) {
    admit(file);
    linksBelow(path.resolve(cwd, file)).forEach(admit);
  }
}

/** The file, or where it does not exist yet the folder that it would be made in. A link that leads nowhere stands for itself. */
function nearestExisting(file: string): string {
  let existing = file;
  while (!existsSync(existing) && path.dirname(existing) !== existing) existing = path.dirname(existing);
  return existing;
}

/** The symbolic links in a folder of images. */
function linksBelow(folder: string): string[] {
  if (!existsSync(folder) || !lstatSync(folder).isDirectory()) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isSymbolicLink())
    .map((entry) => path.join(entry.parentPath, entry.name));
}
