import type { Lateness } from './pace.ts';
/** How often something is asked for, and how long one waits. */
export interface Patience {
    tries: number;
    /** How often besides, where all that is wrong is that who answers has not the net: another may each time. */
    sends: number;
    /** For one answer, from the first byte that is sent to the last that is received, beside what its work takes. */
    deadlineMs: number;
    /** Before the second try, at most; twice as long before each that follows. */
    backoffMs: number;
    /** Before any try, whatever an evaluator asks for. */
    longestMs: number;
    /** When another evaluator is asked the same. */
    late: Lateness;
}
export declare const usualPatience: Patience;
/** How long to wait after so many failed tries: longer each time, and by chance, so that not all come again at once. */
export declare function backoff({ backoffMs, longestMs }: Patience, failed: number, asked?: number): number;
/** Milliseconds that a Retry-After asks for, which names seconds or a date; 0 where it names neither. */
export declare function retryAfterMs(header: string | null, now: number): number;
/** Waits. Throws the signal's reason where an end was asked for. */
export declare function waited(ms: number, signal: AbortSignal): Promise<void>;
/**
 * What work gives that may take so many milliseconds. It is told of its end by a signal, and not waited for beyond it
 * whatever it does. Throws what the work throws, the signal's reason, or a `TimeoutError`.
 */
export declare function inTime<T>(ms: number, signal: AbortSignal, work: (until: AbortSignal) => Promise<T>): Promise<T>;
