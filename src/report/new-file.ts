import { randomBytes } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { failure, GoodnetError } from '../errors.ts';
import { flush } from './output.ts';

const mostReplaced = 2 ** 24;

/** A file of its own, outside of an output folder: it appears whole or not at all, and never in the place of another but one that `isOwn`. */
export class NewFile {
  private readonly path: string;

  /** Checks, before any work, that the place is free. `name` is how messages call it. Throws `output-exists`. */
  constructor(private readonly name: string, cwd: string, private readonly isOwn: (content: string) => boolean = () => false) {
    this.path = path.resolve(cwd, name);
    this.checkFree();
  }

  /** Throws `output-exists` or `output-unwritable`. */
  write(content: Uint8Array): void {
    const temporary = `${this.path}.${randomBytes(6).toString('hex')}.tmp`;
    try {
      mkdirSync(path.dirname(this.path), { recursive: true });
      flush(temporary, content);
      this.checkFree();
      renameSync(temporary, this.path);
    } catch (error) {
      if (error instanceof GoodnetError) throw error;
      throw failure('output-unwritable', this.name, { cause: (error as NodeJS.ErrnoException).code ?? String(error) });
    } finally {
      if (existsSync(temporary)) rmSync(temporary);
    }
  }

  private mayReplace(): boolean {
    const stats = lstatSync(this.path);
    return stats.isFile() && stats.size <= mostReplaced && this.isOwn(readFileSync(this.path, 'utf8'));
  }

  private checkFree(): void {
    if (existsSync(this.path) && !this.mayReplace()) throw failure('output-exists', this.name);
  }
}
