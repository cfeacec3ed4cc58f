/** When an answer is late: after so many times the median of others, and so many milliseconds at least, once so many are known. */
export interface Lateness {
    answers: number;
    times: number;
    leastMs: number;
}
/** How long answers of one kind take. */
export declare class Pace {
    private readonly lateness;
    private readonly times;
    constructor(lateness: Lateness);
    add(ms: number): void;
    /** Milliseconds after which an answer is late; Infinity while nobody knows. */
    get lateMs(): number;
}
