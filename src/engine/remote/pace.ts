/** When an answer is late: after so many times the median of others, and so many milliseconds at least, once so many are known. */
export interface Lateness {
  answers: number;
  times: number;
  leastMs: number;
}

/** Answers whose times are remembered. */
const mostRemembered = 100;

/** How long answers of one kind take. */
export class Pace {
  private readonly times: number[] = [];

  constructor(private readonly lateness: Lateness) {}

  add(ms: number): void {
    this.times.push(ms);
    if (this.times.length > mostRemembered) this.times.shift();
  }

  /** Milliseconds after which an answer is late; Infinity while nobody knows. */
  get lateMs(): number {
    const { answers, times, leastMs } = this.lateness;
    if (this.times.length < answers) return Infinity;
    const median = [...this.times].sort((a, b) => a - b)[this.times.length >> 1]!;
    return Math.max(leastMs, times * median);
  }
}
