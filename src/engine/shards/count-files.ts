import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { failure } from '../../base/errors.ts';
import { disk } from '../../output/disk.ts';
import { sha256 } from '../remote/sha256.ts';

/** Whether a file is called as one of counts is. */
export const isCountFile = (name: string): boolean => /^(sums|tallies)-[0-9a-f]{64}\.safetensors$/.test(name);

/**
 * Counts of chunks in a folder, a file each, which is there whole or not at all. Its name is the hash of all that the
 * counts depend on: whoever counts the same writes the same.
 */
export class CountFiles {
  /** `by` is what counts: the version of goodnet, and its kernels. */
  constructor(
    private readonly folder: string,
    private readonly by: readonly string[],
  ) {}

  /** The file for the answer to a question. */
  async nameOf(route: string, request: string): Promise<string> {
    const all = JSON.stringify([...this.by, route, request]);
    return `${route}-${await sha256(new TextEncoder().encode(all))}.safetensors`;
  }

  /** What a file holds; null where it is not there. Throws `file-unreadable`. */
  read(name: string): Uint8Array | null {
    const file = path.join(this.folder, name);
    try {
      return readFileSync(file);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT') return null;
      throw failure('file-unreadable', file, { cause: code ?? String(error) });
    }
  }

  /** Throws `output-unwritable`. */
  write(name: string, content: Uint8Array): void {
    const temporary = path.join(this.folder, `.${randomUUID()}.tmp`);
    try {
      disk.makeFolder(this.folder);
      disk.write(temporary, content);
      disk.move(temporary, path.join(this.folder, name));
    } catch (error) {
      throw failure('output-unwritable', this.folder, {
        cause: (error as NodeJS.ErrnoException).code ?? String(error),
      });
    } finally {
      disk.remove(temporary);
    }
  }
}
