import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { failure } from './errors.ts';

/** Whether a folder stands at `path`; what cannot be looked at is none. */
export function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** A system's way to write paths. */
export interface SystemPaths {
  sep: string;
  relative(from: string, to: string): string;
  isAbsolute(path: string): boolean;
}

/** Whether a file lies in a folder, or is that folder. `paths` is the system's. */
export function inside(root: string, file: string, paths: SystemPaths = path): boolean {
  const relative = paths.relative(root, file);
  return (
    relative === '' || (!relative.startsWith(`..${paths.sep}`) && relative !== '..' && !paths.isAbsolute(relative))
  );
}

/** What stands in a folder under a name; a link is neither file nor folder. */
export interface FolderEntry {
  name: string;
  isFile(): boolean;
  isDirectory(): boolean;
}

/** The entries of a folder. Throws `file-unreadable`. */
export function listFolder(path: string, name: string): FolderEntry[] {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch (error) {
    throw failure('file-unreadable', name, { cause: (error as NodeJS.ErrnoException).code ?? 'unknown error' });
  }
}
