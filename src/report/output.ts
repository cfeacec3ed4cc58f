import { createHash, randomBytes } from 'node:crypto';
import { accessSync, closeSync, constants, fsyncSync, lstatSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, rmSync, rmdirSync, type Stats, writeSync } from 'node:fs';
import path from 'node:path';
import { failure } from '../errors.ts';

/** A file that was written: its path below the output folder, with `/` between the parts. */
export interface WrittenFile {
  path: string;
  bytes: number;
  sha256: string;
}

/**
 * Lists what goodnet wrote into an output folder, with hashes: a file of another content is somebody else's. It is a journal over all
 * runs, written before the first file moves; what one run says of itself is its manifest.
 */
export const ledgerName = '.goodnet-files.json';

/**
 * The output folder. A run's files are staged in a hidden folder inside it and appear together when the run is done, each whole.
 * An existing file is replaced or removed only if it still is, byte for byte, what an earlier run wrote; links are never followed.
 */
export class Output {
  private readonly staging: string;
  private readonly isNew: boolean;
  private readonly staged: WrittenFile[] = [];
  /** Every content that a path may have and be goodnet's. */
  private readonly own: Map<string, Set<string>>;

  /** Checks that the folder can be written, before any work; creates nothing. `name` is how messages call it. Throws `output-unwritable`. */
  constructor(private readonly folder: string, private readonly name: string) {
    this.staging = path.join(folder, `.goodnet-${randomBytes(6).toString('hex')}.tmp`);
    this.isNew = statOf(folder) === null;
    let existing = folder;
    while (statOf(existing) === null) existing = path.dirname(existing);
    if (!statOf(existing)!.isDirectory()) throw failure('output-unwritable', name, { cause: existing === folder ? 'it is no plain folder' : `${path.basename(existing)} is no plain folder` });
    this.attempt(() => accessSync(existing, constants.W_OK | constants.X_OK));
    this.own = readLedger(path.join(folder, ledgerName));
  }

  /** The files staged so far. */
  get files(): readonly WrittenFile[] {
    return this.staged;
  }

  /** Checks, before any work, that none of these files is somebody else's and that nothing stands where their folders go. Throws `output-foreign`. */
  claim(paths: readonly string[]): void {
    for (const relative of paths) {
      const blocked = this.blocked(relative);
      if (blocked !== undefined) throw failure('output-foreign', path.join(this.name, blocked));
      if (statOf(path.join(this.folder, relative)) !== null && !this.owns(relative)) throw failure('output-foreign', path.join(this.name, relative));
    }
  }

  /** Stages one file. Throws `output-unwritable`. */
  stage(relative: string, content: Uint8Array | string): WrittenFile {
    const file = { path: relative, bytes: Buffer.byteLength(content), sha256: createHash('sha256').update(content).digest('hex') };
    this.attempt(() => {
      const target = path.join(this.staging, relative);
      mkdirSync(path.dirname(target), { recursive: true });
      flush(target, content);
    });
    this.staged.push(file);
    return file;
  }

  /**
   * Moves all that was staged into place, the last staged file last, and removes what earlier runs left in the same models' `folders`.
   * The ledger names old and new content before the first move, so that after a fault at any moment each file is whole and goodnet's own.
   */
  publish(folders: readonly string[]): void {
    this.claim(this.staged.map((file) => file.path));
    const current = new Set(this.staged.map((file) => file.path));
    const stale = [...this.own.keys()].filter((file) => folders.includes(file.split('/')[0]!) && !current.has(file));
    this.attempt(() => {
      for (const { path: file, sha256 } of this.staged) this.own.set(file, new Set([...(this.own.get(file) ?? []), sha256]));
      this.writeLedger();
      for (const { path: file } of this.staged) {
        mkdirSync(path.dirname(path.join(this.folder, file)), { recursive: true });
        renameSync(path.join(this.staging, file), path.join(this.folder, file));
      }
      for (const file of stale) {
        if (this.owns(file)) rmSync(path.join(this.folder, file));
        this.own.delete(file);
      }
      for (const { path: file, sha256 } of this.staged) this.own.set(file, new Set([sha256]));
      this.writeLedger();
    });
    this.discard();
  }

  /** Removes what is staged, and the output folder if this run made it and leaves it empty. */
  discard(): void {
    rmSync(this.staging, { recursive: true, force: true });
    if (this.isNew && statOf(this.folder) !== null && readdirSync(this.folder).length === 0) rmdirSync(this.folder);
  }

  /** The first part of a path to a file that is there and is no plain folder. */
  private blocked(relative: string): string | undefined {
    const parts = relative.split('/');
    const folders = parts.slice(1).map((_, i) => parts.slice(0, i + 1).join('/'));
    return folders.find((folder) => statOf(path.join(this.folder, folder))?.isDirectory() === false);
  }

  private owns(relative: string): boolean {
    const target = path.join(this.folder, relative);
    const known = this.own.get(relative);
    if (known === undefined || this.blocked(relative) !== undefined || statOf(target)?.isFile() !== true) return false;
    return known.has(createHash('sha256').update(readFileSync(target)).digest('hex'));
  }

  private writeLedger(): void {
    const listed = Object.fromEntries([...this.own].sort(([a], [b]) => (a < b ? -1 : 1)).map(([file, hashes]) => [file, [...hashes]]));
    const staged = path.join(this.staging, ledgerName);
    rmSync(staged, { force: true });
    flush(staged, `${JSON.stringify({ tool: 'goodnet', files: listed }, null, 1)}\n`);
    renameSync(staged, path.join(this.folder, ledgerName));
  }

  private attempt(action: () => void): void {
    try {
      action();
    } catch (error) {
      const cause = (error as NodeJS.ErrnoException).code ?? (error instanceof Error ? error.message : String(error));
      throw failure('output-unwritable', this.name, { cause });
    }
  }
}

/** What stands at a path itself, a link not followed; null if nothing does, or nothing can. */
function statOf(target: string): Stats | null {
  try {
    return lstatSync(target);
  } catch {
    return null;
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

/** The ledger of earlier runs; empty if there is none that can be read. Paths that leave the folder are not goodnet's. */
function readLedger(file: string): Map<string, Set<string>> {
  try {
    const { tool, files } = JSON.parse(readFileSync(file, 'utf8')) as { tool?: unknown; files?: Record<string, unknown> };
    if (tool !== 'goodnet') return new Map();
    const plain = Object.entries(files ?? {}).filter(([name, hashes]) => Array.isArray(hashes) && !name.split('/').some((part) => ['', '.', '..'].includes(part) || part.includes('\0')));
    return new Map(plain.map(([name, hashes]) => [name, new Set((hashes as unknown[]).map(String))]));
  } catch {
    return new Map();
  }
}
