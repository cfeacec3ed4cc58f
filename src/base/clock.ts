/** Splits a stretch of time into phases. Seconds of all phases add up to the time from the clock's making to the last lap. */
export class Clock<Phase extends string> {
  readonly seconds: Record<Phase, number>;
  private last = performance.now();

  constructor(phases: readonly Phase[]) {
    this.seconds = Object.fromEntries(phases.map((phase) => [phase, 0])) as Record<Phase, number>;
  }

  /** What was spent since the clock was made, or last taken. */
  take(): Record<Phase, number> {
    const spent = { ...this.seconds };
    for (const phase in this.seconds) this.seconds[phase] = 0;
    return spent;
  }

  /** Ends a lap: all time since the one before was spent in `phase`. */
  lap(phase: Phase): void {
    const now = performance.now();
    this.seconds[phase] += (now - this.last) / 1000;
    this.last = now;
  }
}
