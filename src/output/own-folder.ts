import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ownerOf, ownName, release } from './owner.ts';

const suffix = '.verify';

/** Does a job in a folder of its own below the system's temporary one, which goes with it; that of a process that was killed goes with the next such job. */
export async function inOwnFolder<T>(job: (folder: string) => Promise<T>): Promise<T> {
  for (const entry of readdirSync(tmpdir())) {
    if (entry.endsWith(suffix) && ownerOf(entry.slice(0, -suffix.length))?.owner === 'gone')
      remove(path.join(tmpdir(), entry));
  }
  const name = ownName();
  const folder = path.join(tmpdir(), name + suffix);
  mkdirSync(folder, { mode: 0o700 });
  try {
    return await job(folder);
  } finally {
    remove(folder);
    release(name);
  }
}

/** What is somebody else's stays. */
function remove(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    /* the next one may have more right to it */
  }
}
