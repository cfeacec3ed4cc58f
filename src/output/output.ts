// The room output: the output folder, whole after any fault.
// It may import base.
import { accessSync, constants, readdirSync, realpathSync, rmdirSync } from 'node:fs';
import path from 'node:path';
import { failure } from '../base/errors.ts';
import { type Disk, disk as realDisk } from './disk.ts';
import type { WrittenFile } from './ledger.ts';
import { leftoversIn, recover } from './leftovers.ts';
import { ownName, release } from './owner.ts';
import { isReport, Published, stagedAt, statOf } from './published.ts';
import type { StagedFile } from './staged-file.ts';
import { Staging } from './staging.ts';

/**
 * The output folder. What holds whatever happens, a killed process or a full disk included:
 * - A file in it is whole. It is replaced or removed only if it still is, byte for byte, what an earlier run wrote.
 * - report.json is there only with the files that it lists, of the same run: the old report goes before the first file is moved, the new one comes last.
 * - It holds one run: what earlier runs wrote goes when a run puts its files there, but for files that it read.
 * - A run's files are staged in a hidden folder beside them. When all are on the disk, a record of what is to be done with them is written: the
 *   commit. A run that ends before it changes nothing; one that ends after it is completed by the next run in the folder.
 * - What a run left that no longer lives is removed by the next one; while one lives, no other writes there.
 */
export class Output {
  private readonly id = ownName();
  private readonly staging: Staging;
  private state: 'new' | 'open' | 'committed' | 'closed' = 'new';
  /** The first folder that this run had to make. */
  private made: string | undefined;
  private readonly published: Published;

  /** Checks that the folder can be written, before any work; creates nothing. `name` is how messages call it. Throws `output-unwritable`. */
  constructor(
    private readonly folder: string,
    private readonly name: string,
    private readonly disk: Disk = realDisk,
  ) {
    this.staging = new Staging(path.join(folder, `.${this.id}.tmp`), disk);
    let existing = folder;
    while (statOf(existing) === null) existing = path.dirname(existing);
    if (!statOf(existing)!.isDirectory())
      throw failure('output-unwritable', name, {
        cause: existing === folder ? 'it is no plain folder' : `${path.basename(existing)} is no plain folder`,
      });
    this.attempt(() => accessSync(existing, constants.W_OK | constants.X_OK));
    this.published = new Published(folder, disk);
  }

  /** The files staged so far. */
  get files(): readonly WrittenFile[] {
    return this.staging.files;
  }

  /**
   * Takes the folder for this run, completes what a killed one had committed, and removes what others left. With `resume` the last of
   * them hands over what it kept. Throws `output-unwritable`, or `output-busy` where another run is at work.
   */
  open(resume = false): void {
    if (this.state !== 'new') return;
    this.attempt(() => (this.made = this.disk.makeFolder(this.folder)));
    this.state = 'open';
    this.attempt(() => this.disk.makeFolder(this.staging.folder));
    const left = leftoversIn(this.folder, this.id);
    const live = left.find(({ owner }) => owner === 'live');
    if (live !== undefined) throw failure('output-busy', this.name, { process: live.pid });
    this.attempt(() => {
      const gone = left.filter(({ owner }) => owner === 'gone').map(({ name }) => path.join(this.folder, name));
      gone.forEach((staging) => recover(staging, this.published, this.disk));
      if (resume) this.staging.inherit(gone);
      gone.forEach((staging) => this.disk.removeFolder(staging));
    });
  }

  /** Checks, before any work, that none of these files is somebody else's and that nothing stands where their folders go. Throws `output-foreign`. */
  claim(paths: readonly string[]): void {
    for (const relative of paths) {
      const obstacle = this.published.obstacle(relative);
      if (obstacle !== null) throw failure('output-foreign', path.join(this.name, obstacle));
    }
  }

  /** Stages one file. Throws `output-unwritable`. */
  stage(relative: string, content: Uint8Array | string): WrittenFile {
    this.open();
    return this.attempt(() => this.staging.write(relative, content));
  }

  /** Stages one file that `write` writes in pieces. Throws what that throws, and `output-unwritable`. */
  async stageInPieces(relative: string, write: (file: StagedFile) => Promise<void>): Promise<WrittenFile> {
    this.open();
    const file = this.attempt(() => this.staging.create(relative));
    try {
      await write(file);
      return this.attempt(() => this.staging.add(relative, file));
    } catch (error) {
      this.attempt(() => file.check()); // what the disk refused comes before what followed from it
      throw error;
    } finally {
      this.attempt(() => file.close());
    }
  }

  /** Where a file waits that was staged, for who reads it before it is published. */
  staged(relative: string): string {
    return stagedAt(this.staging.folder, relative);
  }

  /** Takes back what was staged below a folder. Throws `output-unwritable`. */
  unstage(folder: string): void {
    this.attempt(() => this.staging.unstage(folder));
  }

  /** Keeps a text for a run that resumes this one, whole or not at all. Throws `output-unwritable`. */
  keep(name: string, text: string): void {
    this.attempt(() => this.staging.keep(name, text));
  }

  /** Keeps bytes likewise; answers their SHA-256, by which they are found again. Throws `output-unwritable`. */
  keepBytes(name: string, bytes: Uint8Array): string {
    return this.attempt(() => this.staging.keepBytes(name, bytes));
  }

  /** Lets go of what was kept under the names that begin so. Throws `output-unwritable`. */
  forget(beginning: string): void {
    this.attempt(() => this.staging.forget(beginning));
  }

  /** The text that was kept under a name, by this run or by the one that it resumes. */
  keptAs(name: string): string | undefined {
    return this.staging.keptAs(name);
  }

  /** The bytes that were kept under a name; null where they are not there as they were. */
  keptBytes(name: string, sha256: string): Uint8Array | null {
    return this.staging.keptBytes(name, sha256);
  }

  /** Stages what the run that this one resumes had staged; all of these files, or none and answers false where one is not there as it was. */
  adopt(files: readonly Omit<WrittenFile, 'bytes'>[]): boolean {
    return this.staging.adopt(files);
  }

  /**
   * Moves all that was staged into place, the last staged file last; what earlier runs wrote goes, but for `inputs`, absolute paths of what this run
   * read. Where nothing was staged only their report goes. Answers the models' folders that are no longer there.
   */
  publish(inputs: readonly string[] = []): string[] {
    const { folder: staging, files } = this.staging;
    this.claim(files.map((file) => file.path));
    const current = new Set(files.map((file) => file.path));
    const read = new Set(
      inputs.map((file) => path.relative(realOf(this.folder), realOf(file)).split(path.sep).join('/')),
    );
    const stale = this.published.files.filter(
      (file) => !current.has(file) && !read.has(file) && (current.size > 0 || isReport(file)),
    );
    const folders = (names: Iterable<string>): Set<string> =>
      new Set([...names].filter((file) => !isReport(file)).map((file) => file.split('/')[0]!));
    const [own, earlier] = [
      folders(current),
      [...folders(stale)].filter((folder) => statOf(path.join(this.folder, folder)) !== null),
    ];
    const commit = { files, stale };
    if (current.size > 0 || stale.length > 0) {
      this.open();
      this.attempt(() => {
        this.staging.commit(commit);
        this.published.announce(staging, commit);
        this.state = 'committed';
        this.published.complete(staging, commit);
        this.state = 'open';
      });
    }
    this.discard();
    return earlier.filter((folder) => !own.has(folder) && statOf(path.join(this.folder, folder)) === null);
  }

  /**
   * Removes what is staged and the empty folders that this run made; but not a commit that has begun to show, which the next run completes.
   * What cannot be removed is left to the next run as well.
   */
  discard(): void {
    if (this.state === 'open') {
      try {
        this.staging.withdraw();
        this.disk.removeFolder(this.staging.folder);
        for (
          let folder = this.folder;
          this.made !== undefined && folder.length >= this.made.length && isEmpty(folder);
          folder = path.dirname(folder)
        )
          rmdirSync(folder);
      } catch {
        /* what the run came to is told all the same */
      }
    }
    this.close();
  }

  /** Ends the run without its result; what it kept stays for one that resumes it. Answers whether there is something to resume. */
  suspend(): boolean {
    if (this.state !== 'open' || !this.staging.keeps) {
      this.discard();
      return false;
    }
    this.staging.withdraw();
    this.close();
    return true;
  }

  private close(): void {
    this.state = 'closed';
    release(this.id);
  }

  private attempt<T>(action: () => T): T {
    try {
      return action();
    } catch (error) {
      const cause = (error as NodeJS.ErrnoException).code ?? (error instanceof Error ? error.message : String(error));
      throw failure('output-unwritable', this.name, { cause });
    }
  }
}

/** A path without links in it, if something is there. */
function realOf(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}

const isEmpty = (folder: string): boolean => statOf(folder) !== null && readdirSync(folder).length === 0;
