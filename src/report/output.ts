import { createHash, randomBytes } from 'node:crypto';
import { accessSync, closeSync, constants, existsSync, fsyncSync, lstatSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { failure } from '../errors.ts';

/** A file that was written: its path below the output folder, with `/` between the parts. */
export interface WrittenFile {
  path: string;
  sha256: string;
}

/**
 * The output folder. Files appear in it whole or not at all: each is written beside its place, flushed, and renamed.
 * An existing file is replaced only if an earlier report.json there lists it.
 */
export class Output {
  readonly written: WrittenFile[] = [];
  private readonly own: Set<string>;

  /** Checks that the folder can be written, before any work; creates nothing. `name` is how messages call it. Throws `output-unwritable`. */
  constructor(private readonly folder: string, private readonly name: string) {
    let existing = folder;
    while (!existsSync(existing)) existing = path.dirname(existing);
    try {
      accessSync(existing, constants.W_OK | constants.X_OK);
    } catch (error) {
      throw this.unwritable(error);
    }
    if (!lstatSync(existing).isDirectory()) throw failure('output-unwritable', name, { cause: existing === folder ? 'it is no plain folder' : `${path.basename(existing)} is no plain folder` });
    this.own = listedFiles(path.join(folder, 'report.json'));
  }

  /** Checks, before any work, that none of these files is somebody else's. Throws `output-foreign`. */
  claim(paths: readonly string[]): void {
    const foreign = paths.find((relative) => existsSync(path.join(this.folder, relative)) && !this.own.has(relative));
    if (foreign !== undefined) throw failure('output-foreign', path.join(this.name, foreign));
  }

  /** Writes one file. Throws `output-foreign` or `output-unwritable`, and leaves what was there. */
  write(relative: string, content: Uint8Array | string): WrittenFile {
    const target = path.join(this.folder, relative);
    this.claim([relative]);
    const temporary = `${target}.${randomBytes(6).toString('hex')}.tmp`;
    try {
      mkdirSync(path.dirname(target), { recursive: true });
      if (!lstatSync(path.dirname(target)).isDirectory()) throw new Error('its folder is a link');
      flush(temporary, content);
      renameSync(temporary, target);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw this.unwritable(error);
    }
    this.own.add(relative);
    const file = { path: relative, sha256: createHash('sha256').update(content).digest('hex') };
    this.written.push(file);
    return file;
  }

  /** Removes the files of an earlier run that this one did not write again: the folder shows one run. */
  removeStale(): void {
    const current = new Set(this.written.map((file) => file.path));
    for (const file of this.own) {
      const inside = !path.relative(this.folder, path.resolve(this.folder, file)).startsWith('..');
      if (!current.has(file) && inside) rmSync(path.join(this.folder, file), { force: true });
    }
  }

  private unwritable(error: unknown): Error {
    const cause = (error as NodeJS.ErrnoException).code ?? (error instanceof Error ? error.message : String(error));
    return failure('output-unwritable', this.name, { cause });
  }
}

/** Writes a new file and waits until it is on the disk. */
export function flush(file: string, content: Uint8Array | string): void {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const descriptor = openSync(file, 'wx');
  try {
    for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** The files that an earlier run wrote, by its report; none if there is no readable report of goodnet's. */
function listedFiles(report: string): Set<string> {
  try {
    const { run, files } = JSON.parse(readFileSync(report, 'utf8')) as { run?: { tool?: unknown }; files?: unknown };
    return run?.tool === 'goodnet' && Array.isArray(files) ? new Set(files.map(String)) : new Set();
  } catch {
    return new Set();
  }
}
