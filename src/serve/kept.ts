/** What was used last, as far as so many bytes go. `drop` is told of what goes; what is taken is the taker's own. */
export class Kept<T> {
  private readonly entries = new Map<string, { value: T; bytes: number }>();
  private held = 0;

  constructor(
    private readonly most: number,
    private readonly drop: (value: T) => void = () => undefined,
  ) {}

  /** Bytes of all that is kept. */
  get bytes(): number {
    return this.held;
  }

  get(key: string): T | undefined {
    const entry = this.entries.get(key);
    if (entry === undefined) return undefined;
    this.entries.delete(key);
    this.entries.set(key, entry);
    return entry.value;
  }

  /** Keeps a value as the one used last. What was kept longest without use makes room for it; what is too large is not kept. */
  put(key: string, value: T, bytes: number): void {
    this.remove(key);
    this.entries.set(key, { value, bytes });
    this.held += bytes;
    for (const oldest of this.entries.keys()) {
      if (this.held <= this.most) return;
      this.remove(oldest);
    }
  }

  take(key: string): T | undefined {
    const entry = this.entries.get(key);
    if (entry === undefined) return undefined;
    this.entries.delete(key);
    this.held -= entry.bytes;
    return entry.value;
  }

  remove(key: string): void {
    const value = this.take(key);
    if (value !== undefined) this.drop(value);
  }
}
