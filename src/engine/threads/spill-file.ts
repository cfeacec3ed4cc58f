import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Features } from '../network.ts';
import type { FeatureFile } from '../shard.ts';
import type { NumberFile } from '../training/paused-searches.ts';

/** A temporary file for features and searches that memory has no room for. Its name is taken away at once where the system allows that, so that nothing is left behind. Where it cannot be written, they are not kept. */
export class SpillFile {
  private descriptor: number | null = null;
  private folder: string | null = null;
  private end = 0;
  private full = false;
  private readonly places = new Map<string, { at: number; count: number; lengths: number[] }>();
  /** Places of what was taken, by its bytes. */
  private readonly free = new Map<number, number[]>();

  /** The part of the file for one dataset. */
  section(name: string): FeatureFile {
    return { put: (key, features) => this.put(`${name}-${key}`, features), take: (key) => this.take(`${name}-${key}`) };
  }

  /** The part of the file for numbers beside the features of a dataset. */
  numbers(name: string): NumberFile {
    return {
      put: (key, cut) => this.put(`${name}-${key}`, { count: 0, cut, sides: [] }),
      take: (key) => this.take(`${name}-${key}`)?.cut,
    };
  }

  close(): void {
    if (this.descriptor !== null) closeSync(this.descriptor);
    if (this.folder !== null) rmSync(this.folder, { recursive: true, force: true });
    this.descriptor = this.folder = null;
  }

  private put(key: string, { count, cut, sides }: Features): void {
    if (this.full) return;
    const arrays = [cut, ...sides];
    const at = this.free.get(bytesOf(arrays))?.pop() ?? this.end;
    let end = at;
    try {
      const descriptor = (this.descriptor ??= this.create());
      for (const values of arrays) {
        const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
        for (let done = 0; done < bytes.length;)
          done += writeSync(descriptor, bytes, done, bytes.length - done, end + done);
        end += bytes.length;
      }
    } catch {
      this.full = true; // they are computed again, which takes longer
      return;
    }
    this.places.set(key, { at, count, lengths: arrays.map(({ length }) => length) });
    this.end = Math.max(this.end, end);
  }

  private take(key: string): Features | undefined {
    const place = this.places.get(key);
    if (place === undefined || this.descriptor === null) return undefined;
    this.places.delete(key);
    let { at } = place;
    const [cut, ...sides] = place.lengths.map((length) => {
      const values = new Float32Array(length);
      const bytes = new Uint8Array(values.buffer);
      for (let done = 0; done < bytes.length;) {
        const read = readSync(this.descriptor!, bytes, done, bytes.length - done, at + done);
        if (read === 0) throw new Error('The temporary file of features became shorter');
        done += read;
      }
      at += bytes.length;
      return values;
    });
    this.free.set(at - place.at, [...(this.free.get(at - place.at) ?? []), place.at]);
    return { count: place.count, cut: cut!, sides };
  }

  private create(): number {
    this.folder = mkdtempSync(path.join(tmpdir(), 'goodnet-'));
    const descriptor = openSync(path.join(this.folder, 'features'), 'wx+', 0o600);
    if (process.platform === 'win32') return descriptor;
    rmSync(this.folder, { recursive: true });
    this.folder = null;
    return descriptor;
  }
}

const bytesOf = (arrays: readonly Float32Array[]): number =>
  arrays.reduce((sum, { byteLength }) => sum + byteLength, 0);
