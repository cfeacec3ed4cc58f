import { backoff, type Patience } from './patience.ts';

/** Whether an evaluator is to be asked: one that failed rests, longer each time, and is then asked one question at first. */
export class Rest {
  /** Times that it failed since it last answered; what was asked before the last of them counts no more. */
  private failures = 0;
  private until = 0;

  constructor(private readonly patience: Patience) {}

  /** Milliseconds until it is asked again. */
  get leftMs(): number {
    return Math.max(0, this.until - performance.now());
  }

  /** Whether it answered the last time that counts. */
  get isOver(): boolean {
    return this.failures === 0;
  }

  /** It is asked. What this answers is told to `failed`. */
  begin(): number {
    if (this.failures > 0) this.until = performance.now() + this.patience.longestMs;
    return this.failures;
  }

  answered(): void {
    [this.failures, this.until] = [0, 0];
  }

  /** What was asked when it began came to nothing; it wants to be left alone for so many milliseconds. */
  failed(begun: number, afterMs = 0): void {
    if (begun !== this.failures) return;
    this.until = performance.now() + backoff(this.patience, ++this.failures, afterMs);
  }
}
