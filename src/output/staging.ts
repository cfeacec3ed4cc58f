import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Disk } from './disk.ts';
import { type Commit, commitText, type WrittenFile } from './ledger.ts';
import { hash, hashOf, stagedAt, statOf, writeWhole } from './published.ts';
import { StagedFile } from './staged-file.ts';

/** A run's hidden folder: files on their way (`files/`), what a run that resumes this one takes up (`kept/`), and the commit. */
export class Staging {
  /** The files that are on their way, in the order in which they were staged. */
  readonly files: WrittenFile[] = [];
  private readonly kept = new Map<string, string>();

  constructor(
    readonly folder: string,
    private readonly disk: Disk,
  ) {}

  /** Stages one file. */
  write(relative: string, content: Uint8Array | string): WrittenFile {
    this.disk.write(this.placeFor(relative), content);
    return this.staged(relative, Buffer.byteLength(content), hash(content));
  }

  /** Begins a file that is written in pieces. */
  create(relative: string): StagedFile {
    return new StagedFile(this.disk.create(this.placeFor(relative)));
  }

  /** Stages a file that was begun, once it is whole. */
  add(relative: string, file: StagedFile): WrittenFile {
    const sha256 = file.end();
    return this.staged(relative, file.size, sha256);
  }

  /** Where a new file goes. */
  private placeFor(relative: string): string {
    const target = stagedAt(this.folder, relative);
    this.disk.makeFolder(path.dirname(target));
    this.disk.remove(target); // one that was handed over and is of no use
    return target;
  }

  /** Takes back what was staged below a folder. */
  unstage(folder: string): void {
    const gone = this.files.filter((file) => file.path.startsWith(`${folder}/`));
    this.files.splice(0, Infinity, ...this.files.filter((file) => !gone.includes(file)));
    gone.forEach((file) => this.disk.remove(stagedAt(this.folder, file.path)));
  }

  /** All ways to stage a file come here: records are the same to the byte wherever they are written. */
  private staged(relative: string, bytes: number, sha256: string): WrittenFile {
    const file = { path: relative, bytes, sha256 };
    this.files.push(file);
    return file;
  }

  /** Whether a run that resumes this one would find something. */
  get keeps(): boolean {
    return this.kept.size > 0;
  }

  /** Keeps a text for a run that resumes this one, whole or not at all. */
  keep(name: string, text: string): void {
    this.writeKept(`${name}.json`, text);
    this.kept.set(name, text);
  }

  /** Keeps bytes likewise; answers their SHA-256, by which they are found again. */
  keepBytes(name: string, bytes: Uint8Array): string {
    this.writeKept(`${name}.bin`, bytes);
    return hash(bytes);
  }

  /** The text that was kept under a name, by this run or by the one that it resumes. */
  keptAs(name: string): string | undefined {
    return this.kept.get(name);
  }

  /** The bytes that were kept under a name; null where they are not there as they were. */
  keptBytes(name: string, sha256: string): Uint8Array | null {
    const file = this.keptAt(`${name}.bin`);
    if (statOf(file)?.isFile() !== true) return null;
    const bytes = readFileSync(file);
    return hash(bytes) === sha256 ? bytes : null;
  }

  /** Lets go of what was kept under the names that begin so. */
  forget(beginning: string): void {
    const gone = [...this.kept.keys()].filter((name) => name.startsWith(beginning));
    for (const name of gone) {
      this.kept.delete(name);
      for (const ending of ['json', 'bin']) this.disk.remove(this.keptAt(`${name}.${ending}`));
    }
  }

  private writeKept(file: string, content: Uint8Array | string): void {
    this.disk.makeFolder(this.keptAt());
    writeWhole(this.disk, this.folder, this.keptAt(file), content);
  }

  private keptAt(file = ''): string {
    return path.join(this.folder, 'kept', file);
  }

  /** Takes over what the last of these stopped runs' folders kept, its files first. */
  inherit(stopped: readonly string[]): void {
    const age = (staging: string): number => statOf(path.join(staging, 'kept'))?.mtimeMs ?? 0;
    const last = [...stopped].sort((a, b) => age(b) - age(a))[0];
    if (last === undefined || age(last) === 0) return;
    for (const part of ['files', 'kept']) {
      if (statOf(path.join(last, part)) !== null) this.disk.move(path.join(last, part), path.join(this.folder, part));
    }
    for (const { name } of readdirSync(this.keptAt(), { withFileTypes: true }).filter(
      (entry) => entry.isFile() && entry.name.endsWith('.json'),
    )) {
      this.kept.set(name.slice(0, -'.json'.length), readFileSync(this.keptAt(name), 'utf8'));
    }
  }

  /** Stages what the run that this one resumes had staged; all of these files, or none and answers false where one is not there as it was. */
  adopt(files: readonly Omit<WrittenFile, 'bytes'>[]): boolean {
    const whole = files.every((file) => hashOf(stagedAt(this.folder, file.path)) === file.sha256);
    if (whole)
      files.forEach((file) => this.staged(file.path, statOf(stagedAt(this.folder, file.path))!.size, file.sha256));
    return whole;
  }

  /** Writes down what is to be done, once every staged file is on the disk. */
  commit(commit: Commit): void {
    new Set([this.folder, ...this.files.map((file) => path.dirname(stagedAt(this.folder, file.path)))]).forEach(
      (folder) => this.disk.sync(folder),
    );
    writeWhole(this.disk, this.folder, commitOf(this.folder), commitText(commit));
    this.disk.sync(this.folder);
  }

  /** Takes the commit back. */
  withdraw(): void {
    this.disk.remove(commitOf(this.folder));
  }
}

/** Where a staging folder's commit stands. */
export const commitOf = (staging: string): string => path.join(staging, 'commit.json');
