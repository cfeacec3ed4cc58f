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

export const usualPatience: Patience = {
  tries: 5,
  sends: 30,
  deadlineMs: 120_000,
  backoffMs: 500,
  longestMs: 60_000,
  late: { answers: 5, times: 3, leastMs: 2000 },
};

/** How long to wait after so many failed tries: longer each time, and by chance, so that not all come again at once. */
export function backoff({ backoffMs, longestMs }: Patience, failed: number, asked = 0): number {
  const own = backoffMs * 2 ** (failed - 1) * (0.5 + Math.random() / 2);
  return Math.min(longestMs, Math.max(own, asked));
}

/** Milliseconds that a Retry-After asks for, which names seconds or a date; 0 where it names neither. */
export function retryAfterMs(header: string | null, now: number): number {
  if (header === null) return 0;
  const ms = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now;
  return ms > 0 ? ms : 0;
}

/** Waits. Throws the signal's reason where an end was asked for. */
export function waited(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (): void => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', end);
      resolve();
    }, ms);
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}

/**
 * What work gives that may take so many milliseconds. It is told of its end by a signal, and not waited for beyond it
 * whatever it does. Throws what the work throws, the signal's reason, or a `TimeoutError`.
 */
export async function inTime<T>(ms: number, signal: AbortSignal, work: (until: AbortSignal) => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  const until = new AbortController();
  const end = (): void => until.abort(signal.reason);
  const over = (): void =>
    until.abort(new DOMException(`no whole answer in ${Math.ceil(ms / 1000)} s`, 'TimeoutError'));
  const timer = setTimeout(over, Math.min(ms, longestTimer));
  signal.addEventListener('abort', end);
  const ended = new Promise<never>((_, reject) => {
    until.signal.addEventListener('abort', () => reject(until.signal.reason as Error));
  });
  try {
    return await Promise.race([work(until.signal), ended]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
  }
}

/** Milliseconds that a timer can wait at most. */
const longestTimer = 2 ** 31 - 1;
