import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { failure, GoodnetError } from '../base/errors.ts';
import { disk } from './disk.ts';
import { ownerOf, ownName, release } from './owner.ts';
import { statOf } from './published.ts';

const mostReplaced = 2 ** 24;

/** A file of its own, outside of an output folder: it appears whole or not at all, and never in the place of another but one that `isOwn`. */
export class NewFile {
  private readonly path: string;

  /** Checks, before any work, that the place is free. `name` is how messages call it. Throws `output-exists`. */
  constructor(
    private readonly name: string,
    cwd: string,
    private readonly isOwn: (content: string) => boolean = () => false,
  ) {
    this.path = path.resolve(cwd, name);
    this.checkFree();
  }

  /** Throws `output-exists` or `output-unwritable`. */
  write(content: Uint8Array): void {
    const id = ownName();
    const folder = path.dirname(this.path);
    const temporary = path.join(folder, `.${id}.tmp`);
    try {
      disk.makeFolder(folder);
      removeLeftovers(folder);
      disk.write(temporary, content);
      this.checkFree();
      disk.move(temporary, this.path);
      disk.sync(folder);
    } catch (error) {
      if (error instanceof GoodnetError) throw error;
      throw failure('output-unwritable', this.name, { cause: (error as NodeJS.ErrnoException).code ?? String(error) });
    } finally {
      if (existsSync(temporary)) disk.remove(temporary);
      release(id);
    }
  }

  private checkFree(): void {
    const found = statOf(this.path);
    const mayGo =
      found === null || (found.isFile() && found.size <= mostReplaced && this.isOwn(readFileSync(this.path, 'utf8')));
    if (!mayGo) throw failure('output-exists', this.name);
  }
}

/** Removes the unfinished files of runs that were killed. */
function removeLeftovers(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const id = /^\.(.*)\.tmp$/.exec(entry.name)?.[1];
    if (entry.isFile() && id !== undefined && ownerOf(id)?.owner === 'gone') disk.remove(path.join(folder, entry.name));
  }
}
