import { failure, type GoodnetError } from '../../base/errors.ts';
import type { Connection, SentNet, SentQuestion } from './connection.ts';
import type { Hello } from './hello.ts';
import { Pace } from './pace.ts';
import { backoff, inTime, type Patience, waited } from './patience.ts';
import type { Outcome } from './request.ts';

/** What one evaluator answered, or refused to. */
export type Told<T> = { by: Connection } & ({ value: T } | { refused: string });

/** A question, how its answers are read, which throws for what is none, and whether two of them are the same. */
export interface Asking<T> {
  net: SentNet;
  question: SentQuestion;
  read: (answer: Uint8Array) => T;
  areAlike: (one: T, other: T) => boolean;
}

/** One try; the net goes along where it was missing. */
type Once = (connection: Connection, bringing: boolean) => Promise<Outcome>;

/** Several evaluators, each of which answers the same. */
export class Fleet {
  /** Tries that came to nothing, of all of them. */
  retries = 0;
  private liar: GoodnetError | null = null;
  private readonly paces = new Map<string, Pace>();

  /** `signal` ends all that is asked. */
  constructor(
    readonly connections: readonly Connection[],
    private readonly patience: Patience,
    readonly signal: AbortSignal,
  ) {}

  /** Greets all of them. Throws `evaluator-unfit` or `evaluator-lost`. */
  async greet(own: Pick<Hello, 'version' | 'kernels'>): Promise<void> {
    await Promise.all(
      this.connections.map((connection) =>
        this.tried(
          () => connection,
          () => connection.greet(own),
          () => null,
          this.signal,
        ),
      ),
    );
  }

  /** Throws `evaluator-differs` where an answer was none. */
  believe(): void {
    if (this.liar !== null) throw this.liar;
  }

  /** What is thrown of an evaluator that answered otherwise than this machine: from now on none is believed. */
  distrust({ url }: Connection, cause: string): GoodnetError {
    this.liar ??= failure('evaluator-differs', url.href, { cause });
    return this.liar;
  }

  /**
   * The answer to a question, from the evaluator of this place, or from another where that one fails. Where it is late
   * another is asked, too: the first answer counts, and one that comes behind it must be the same. Throws
   * `evaluator-lost`, and what asking throws.
   */
  async ask<T>({ net, question, read, areAlike }: Asking<T>, home: number, signal: AbortSignal): Promise<Told<T>> {
    const pace = this.paceOf(question.route);
    const from = async (place: number): Promise<Told<T>> => {
      const asked = performance.now();
      const next = () => this.best(place);
      const once: Once = (connection, bringing) => connection.ask(net, question, signal, bringing);
      const told = await this.tried(next, once, read, signal);
      pace.add(performance.now() - asked);
      return told;
    };
    const first = from(home);
    const others = this.connections.length - 1;
    if (others === 0 || !(await isLate(first, pace, signal))) return first;
    const second = from((home + 1) % this.connections.length);
    void Promise.all([first, second]).then(
      ([one, other]) => {
        if ('value' in one && 'value' in other && !areAlike(one.value, other.value))
          this.distrust(one.by, `otherwise than ${other.by.url.href}`);
      },
      () => undefined, // one of the two is all that is needed
    );
    return Promise.any([first, second]).catch(() => first);
  }

  private paceOf(route: string): Pace {
    const pace = this.paces.get(route) ?? new Pace(this.patience.late);
    this.paces.set(route, pace);
    return pace;
  }

  private async tried<T>(
    next: () => Connection,
    ask: Once,
    read: (answer: Uint8Array) => T,
    signal: AbortSignal,
  ): Promise<Told<T>> {
    let connection = next();
    let lacksNet = false;
    for (let tries = 0, sends = 0; ;) {
      const { rest } = connection;
      const begun = rest.begin();
      const outcome: Read<T> = readBy(read, await ask(connection, lacksNet));
      if (!('failed' in outcome)) {
        rest.answered();
        return { ...outcome, by: connection };
      }
      const { failed: cause, afterMs } = outcome;
      lacksNet = outcome.lacksNet ?? false;
      if (lacksNet) {
        rest.answered();
        sends++;
      } else {
        rest.failed(begun, afterMs);
        tries++;
        this.retries++;
      }
      const { tries: most, sends: mostSends } = this.patience;
      if (tries === most || sends === mostSends)
        throw failure('evaluator-lost', connection.url.href, { tries: tries + sends, cause });
      if (lacksNet) continue;
      const before = connection;
      connection = next();
      const pauseMs = backoff(this.patience, tries, connection === before ? afterMs : 0);
      if (connection === before || connection.rest.leftMs > 0) await waited(pauseMs, signal);
    }
  }

  /** Of those that need no rest, or all but need none, the one at `home` or the next behind it. */
  private best(home: number): Connection {
    const inOrder = [...this.connections.slice(home), ...this.connections.slice(0, home)];
    return inOrder.reduce((best, other) => (other.rest.leftMs < best.rest.leftMs ? other : best));
  }
}

/** An outcome once its answer is read. */
type Read<T> = Exclude<Outcome, { answer: unknown }> | { value: T };

/** An answer that cannot be read is none. */
function readBy<T>(read: (answer: Uint8Array) => T, outcome: Outcome): Read<T> {
  if (!('answer' in outcome)) return outcome;
  try {
    return { value: read(outcome.answer) };
  } catch (error) {
    return { failed: (error as Error).message };
  }
}

/** Whether something does not come in time, once it is known how long that is. Throws the signal's reason. */
async function isLate(work: Promise<unknown>, pace: Pace, signal: AbortSignal): Promise<boolean> {
  const asked = performance.now();
  for (;;) {
    const left = asked + pace.lateMs - performance.now();
    if (left <= 0) return true;
    if (await isSettled(work, Math.min(left, pollMs), signal)) return false;
  }
}

const pollMs = 1000;

/** Whether something has come or failed within so many milliseconds. Throws the signal's reason. */
const isSettled = (work: Promise<unknown>, ms: number, signal: AbortSignal): Promise<boolean> =>
  inTime(ms, signal, () =>
    work.then(
      () => true,
      () => true,
    ),
  ).catch(() => {
    signal.throwIfAborted();
    return false;
  });
