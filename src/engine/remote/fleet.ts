import { failure, type GoodnetError } from '../../base/errors.ts';
import type { Connection, SentNet, SentQuestion } from './connection.ts';
import type { Hello } from './hello.ts';
import { backoff, type Patience, waited } from './patience.ts';
import type { Outcome } from './request.ts';

/** What one evaluator answered, or refused to. */
export type Told<T> = { by: Connection } & ({ value: T } | { refused: string });

/** Several evaluators, each of which answers the same. */
export class Fleet {
  private liar: GoodnetError | null = null;

  constructor(
    readonly connections: readonly Connection[],
    private readonly patience: Patience,
    private readonly signal: AbortSignal,
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
   * The answer to a question, from the evaluator of this place, or from another where that one fails. Whatever `read`
   * throws at is none. Throws `evaluator-lost`, and what asking throws.
   */
  ask<T>(
    net: SentNet,
    question: SentQuestion,
    read: (answer: Uint8Array) => T,
    home: number,
    signal: AbortSignal,
  ): Promise<Told<T>> {
    return this.tried(
      () => this.best(home),
      (connection) => connection.ask(net, question, signal),
      read,
      signal,
    );
  }

  private async tried<T>(
    next: () => Connection,
    ask: (connection: Connection) => Promise<Outcome>,
    read: (answer: Uint8Array) => T,
    signal: AbortSignal,
  ): Promise<Told<T>> {
    let lost: GoodnetError | undefined;
    let connection = next();
    for (let tries = 1; tries <= this.patience.tries; tries++) {
      const outcome = readBy(read, await ask(connection));
      if (!('failed' in outcome)) {
        connection.failures = 0;
        return { ...outcome, by: connection };
      }
      const { failed: cause, afterMs, lacksNet } = outcome;
      if (!lacksNet) connection.failures++;
      lost = failure('evaluator-lost', connection.url.href, { tries, cause });
      const before = connection;
      connection = next();
      if (tries < this.patience.tries && !lacksNet)
        await waited(backoff(this.patience, tries, connection === before ? afterMs : 0), signal);
    }
    throw lost!;
  }

  /** Of those that failed least since they last answered, the one at `home` or the next behind it. */
  private best(home: number): Connection {
    const inOrder = [...this.connections.slice(home), ...this.connections.slice(0, home)];
    return inOrder.reduce((best, other) => (other.failures < best.failures ? other : best));
  }
}

/** An outcome once its answer is read: one that cannot be is none. */
function readBy<T>(
  read: (answer: Uint8Array) => T,
  outcome: Outcome,
): Exclude<Outcome, { answer: unknown }> | { value: T } {
  if (!('answer' in outcome)) return outcome;
  try {
    return { value: read(outcome.answer) };
  } catch (error) {
    return { failed: (error as Error).message };
  }
}
