import { createHash } from 'node:crypto';
import type { GrowingFile } from './disk.ts';

const pieceBytes = 2 ** 20;

/**
 * A file that is staged in pieces, written in any order. The first step that fails is thrown at the end, and nothing is
 * done after it: who writes may be code that can bear no error.
 */
export class StagedFile {
  size = 0;
  private fault: { error: unknown } | null = null;

  constructor(private readonly file: GrowingFile) {}

  /** What is added is 0. */
  resize(size: number): void {
    this.step(() => this.file.resize(size));
    this.size = size;
  }

  /** Answers how many bytes there were. */
  read(target: Uint8Array, offset: number): number {
    return this.step(() => this.file.read(target, offset)) ?? 0;
  }

  /** Writes within its size. */
  write(content: Uint8Array, offset: number): void {
    this.step(() => this.file.write(content, offset));
  }

  /** Waits until all is on the disk; answers the SHA-256. Throws what went wrong first. */
  end(): string {
    this.step(() => this.file.sync());
    const hash = createHash('sha256');
    const piece = new Uint8Array(Math.min(pieceBytes, this.size));
    for (let at = 0; at < this.size && this.fault === null; at += pieceBytes)
      hash.update(piece.subarray(0, this.read(piece.subarray(0, this.size - at), at)));
    this.check();
    return hash.digest('hex');
  }

  /** Throws what went wrong first. */
  check(): void {
    if (this.fault !== null) throw this.fault.error;
  }

  close(): void {
    this.file.close();
  }

  private step<T>(action: () => T): T | undefined {
    if (this.fault !== null) return undefined;
    try {
      return action();
    } catch (error) {
      this.fault = { error };
      return undefined;
    }
  }
}
