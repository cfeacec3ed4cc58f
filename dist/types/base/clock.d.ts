/** Splits a stretch of time into phases. Seconds of all phases add up to the time from the clock's making to the last lap. */
export declare class Clock<Phase extends string> {
    readonly seconds: Record<Phase, number>;
    private last;
    constructor(phases: readonly Phase[]);
    /** What was spent since the clock was made, or last taken. */
    take(): Record<Phase, number>;
    /** Ends a lap: all time since the one before was spent in `phase`. */
    lap(phase: Phase): void;
}
