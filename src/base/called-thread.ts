import type { TransferListItem, Worker } from 'node:worker_threads';
import { GoodnetError } from './errors.ts';

/** A call of a thread by the name of what it is to do. */
export interface ThreadCall {
  id: number;
  name: string;
  args: unknown[];
  /** Whether somebody wants to be told how far the call has come. */
  heard: boolean;
}

/** What a thread sends back for a call: how far it has come; then a value, the parts of a GoodnetError, or a bug. */
export type ThreadAnswer = { id: number } & (
  { told: unknown } | { value: unknown } | { refused: ConstructorParameters<typeof GoodnetError> } | { failed: Error }
);

/** Told by a thread, on its way to a value, how far it has come. */
export type Told = (told: never) => void;

/** Who waits for a call. */
interface Waiting {
  resolve: (value: never) => void;
  reject: (error: Error) => void;
  told: Told | undefined;
}

/** A thread ended by itself: with an exit code, or since its memory was full. */
export class ThreadEnded extends Error {
  constructor(readonly by: number | 'memory') {
    super(`A thread ended (${by})`);
  }
}

/** A worker thread to be called from this one; `answerCalls` is its other end. While it waits for a call it does not keep the process. */
export class CalledThread {
  private readonly waiting = new Map<number, Waiting>();
  private calls = 0;
  private broken: Error | null = null;

  constructor(private readonly worker: Worker) {
    worker.unref();
    worker.on('message', (answer: ThreadAnswer) => this.settle(answer));
    worker.on('error', (error: NodeJS.ErrnoException) =>
      this.fail(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new ThreadEnded('memory') : error),
    );
    worker.on('exit', (code) => this.fail(new ThreadEnded(code)));
  }

  /** Whether the thread takes calls. */
  get lives(): boolean {
    return this.broken === null;
  }

  /**
   * Runs a call on the thread, which is given the memory in `given`. Rejects with what it throws there or `told` throws
   * here, or once the thread is gone.
   */
  call<T>(name: string, args: unknown[], given: readonly TransferListItem[] = [], told?: Told): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.broken !== null) return reject(this.broken);
      const id = this.calls++;
      this.worker.ref();
      this.waiting.set(id, { resolve, reject, told });
      this.worker.postMessage({ id, name, args, heard: told !== undefined } satisfies ThreadCall, given);
    });
  }

  /** Ends the thread at once, whatever it is at: what is called rejects with `error`. */
  fail(error: Error): void {
    this.broken ??= error;
    this.waiting.forEach(({ reject }) => reject(this.broken!));
    this.waiting.clear();
    void this.worker.terminate();
  }

  /** Ends the thread, and answers when it is gone. */
  async stop(): Promise<void> {
    this.fail(new ThreadEnded(0));
    await this.worker.terminate();
  }

  /** A thread that a bug has left in an unknown state takes no more calls. */
  private settle(answer: ThreadAnswer): void {
    const call = this.waiting.get(answer.id);
    if (call === undefined) return; // it was sent before the thread was ended
    if ('told' in answer) return this.tell(call, answer.told);
    if ('failed' in answer) return this.fail(answer.failed);
    this.waiting.delete(answer.id);
    if (this.waiting.size === 0) this.worker.unref();
    if ('value' in answer) call.resolve(answer.value as never);
    else call.reject(new GoodnetError(...answer.refused));
  }

  /** Where who is told throws, nobody wants the value any more: the thread ends. */
  private tell({ told }: Waiting, value: unknown): void {
    try {
      told?.(value as never);
    } catch (error) {
      this.fail(error as Error);
    }
  }
}
