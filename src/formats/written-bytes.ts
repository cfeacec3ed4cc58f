/** What a file's bytes are written to, in any order. */
export interface Written {
  readonly size: number;
  /** What is added is 0. */
  resize(size: number): void;
  /** Answers how many bytes there were. */
  read(target: Uint8Array, offset: number): number;
  /** Writes within its size. */
  write(content: Uint8Array, offset: number): void;
}

/** Writes a file as a whole. */
export function writeAll(content: Written, bytes: Uint8Array): void {
  content.resize(bytes.length);
  content.write(bytes, 0);
}

/** A file's bytes as they are written, in memory. */
export class WrittenBytes implements Written {
  constructor(
    private all = new Uint8Array(),
    public size = 0,
  ) {}

  /** A copy of `bytes` to change. */
  static of(bytes: Uint8Array): WrittenBytes {
    return new WrittenBytes(bytes.slice(), bytes.length);
  }

  /** All bytes, without a copy. */
  get bytes(): Uint8Array {
    return this.all.subarray(0, this.size);
  }

  resize(size: number): void {
    if (size < this.size) this.all.fill(0, size, this.size);
    if (size > this.all.length) {
      const more = new Uint8Array(Math.max(size, 2 * this.all.length));
      more.set(this.bytes);
      this.all = more;
    }
    this.size = size;
  }

  read(target: Uint8Array, offset: number): number {
    const part = this.bytes.subarray(offset, offset + target.length);
    target.set(part);
    return part.length;
  }

  write(content: Uint8Array, offset: number): void {
    this.all.set(content, offset);
  }
}
