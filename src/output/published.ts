import { createHash } from 'node:crypto';
import { lstatSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Disk } from './disk.ts';
import { type Commit, type Ledger, ledgerName, ledgerText, readLedger } from './ledger.ts';

/** What stands in an output folder, and the way new files get there. Paths are below the folder, with `/` between the parts; links are never followed. */
export class Published {
  /** Every content that a path may have and be goodnet's. */
  private readonly ledger: Ledger;

  constructor(
    private readonly folder: string,
    private readonly disk: Disk,
  ) {
    this.ledger = readLedger(path.join(folder, ledgerName));
  }

  /** All files that goodnet wrote, whether they are still there or not. */
  get files(): string[] {
    return [...this.ledger.keys()];
  }

  /** What is in the way of a file that is to be written, and is not goodnet's: the file itself, or a part of the way there. Null if nothing is. */
  obstacle(relative: string): string | null {
    return this.blocked(relative) ?? (statOf(this.at(relative)) === null || this.owns(relative) ? null : relative);
  }

  /** Names new content beside the old in the ledger, so that whatever moves next, each file is goodnet's own. Must come before `complete`. */
  announce(staging: string, { files }: Commit): void {
    for (const { path: file, sha256 } of files)
      this.ledger.set(file, new Set([...(this.ledger.get(file) ?? []), sha256]));
    this.writeLedger(staging);
  }

  /** Carries out a commit, from its beginning or from wherever it was left. */
  complete(staging: string, { files, stale }: Commit): void {
    const waiting = files.map((file) => file.path).filter((file) => statOf(stagedAt(staging, file)) !== null);
    const leaving = stale.filter((file) => this.owns(file));
    this.remove([...waiting, ...leaving].filter((file) => isReport(file) && this.owns(file)).sort(bySeal));
    this.move(
      staging,
      waiting.filter((file) => !isReport(file)),
    );
    this.remove(leaving.filter((file) => !isReport(file)));
    new Set(stale.filter((file) => !isReport(file)).map((file) => path.dirname(this.at(file)))).forEach((folder) =>
      this.disk.removeEmpty(folder),
    );
    this.move(staging, waiting.filter(isReport).sort(bySeal).reverse());
    for (const file of stale) this.ledger.delete(file);
    for (const { path: file, sha256 } of files) this.ledger.set(file, new Set([sha256]));
    this.writeLedger(staging);
  }

  private move(staging: string, files: readonly string[]): void {
    for (const file of files) {
      this.disk.makeFolder(path.dirname(this.at(file)));
      this.disk.move(stagedAt(staging, file), this.at(file));
    }
    this.sync(files);
  }

  private remove(files: readonly string[]): void {
    files.forEach((file) => this.disk.remove(this.at(file)));
    this.sync(files);
  }

  private sync(files: readonly string[]): void {
    new Set([this.folder, ...files.map((file) => path.dirname(this.at(file)))]).forEach((folder) =>
      this.disk.sync(folder),
    );
  }

  private writeLedger(staging: string): void {
    writeWhole(this.disk, staging, path.join(this.folder, ledgerName), ledgerText(this.ledger));
    this.disk.sync(this.folder);
  }

  /** The first part of a path to a file that is there and is no plain folder. */
  private blocked(relative: string): string | null {
    const parts = relative.split('/');
    const folders = parts.slice(1).map((_, i) => parts.slice(0, i + 1).join('/'));
    return folders.find((folder) => statOf(this.at(folder))?.isDirectory() === false) ?? null;
  }

  private owns(relative: string): boolean {
    const known = this.ledger.get(relative);
    if (known === undefined || this.blocked(relative) !== null) return false;
    const found = hashOf(this.at(relative));
    return found !== null && known.has(found);
  }

  private at(relative: string): string {
    return path.join(this.folder, relative);
  }
}

/** The files that answer for all others, whatever run wrote them: they go first and come last. */
const seals = ['report.json', 'scan.json'];
const bySeal = (a: string, b: string): number => Number(seals.includes(b)) - Number(seals.includes(a));

/** The report's files are those at the top. */
export const isReport = (file: string): boolean => !file.includes('/');

/** Where a file waits in a staging folder. */
export const stagedAt = (staging: string, relative: string): string => path.join(staging, 'files', relative);

/** Puts a text or bytes to `target`, whole or not at all; they are written in `staging` first. */
export function writeWhole(disk: Disk, staging: string, target: string, content: Uint8Array | string): void {
  const part = path.join(staging, 'part');
  disk.remove(part);
  disk.write(part, content);
  disk.move(part, target);
}

export const hash = (content: Uint8Array | string): string => createHash('sha256').update(content).digest('hex');

/** The SHA-256 of a regular file; null if none is there. */
export function hashOf(file: string): string | null {
  return statOf(file)?.isFile() === true ? hash(readFileSync(file)) : null;
}

/** What stands at a path. */
interface Standing {
  size: number;
  mtimeMs: number;
  isFile(): boolean;
  isDirectory(): boolean;
}

/** What stands at a path itself, a link not followed; null if nothing does, or nothing can. */
export function statOf(target: string): Standing | null {
  try {
    return lstatSync(target);
  } catch {
    return null;
  }
}
