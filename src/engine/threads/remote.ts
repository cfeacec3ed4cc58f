import { Worker } from 'node:worker_threads';
import type { EngineName } from '../../settings/config.ts';
import { failure, GoodnetError } from '../../base/errors.ts';

/** What a thread is started with. */
export interface ThreadSetup {
  cwd: string;
  engine: EngineName;
  engineFolder: string;
  decoderFolder: string;
}

export interface Call {
  id: number;
  name: 'open' | 'sums' | 'tallies' | 'answers' | 'classes' | 'changed' | 'close';
  args: unknown[];
}

/** What a thread sends back for a call: a value, the parts of a GoodnetError, or a bug. */
export type Answer = { id: number } & (
  { value: unknown } | { refused: ConstructorParameters<typeof GoodnetError> } | { failed: Error }
);

/** A worker thread to be called from this one. While it waits for a call it does not keep the process. */
export class Remote {
  private readonly worker: Worker;
  private readonly waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  private calls = 0;
  private broken: Error | null = null;

  constructor(file: string, setup: ThreadSetup) {
    this.worker = new Worker(file, { workerData: setup });
    this.worker.unref();
    this.worker.on('message', (answer: Answer) => this.settle(answer));
    this.worker.on('error', (error: NodeJS.ErrnoException) =>
      this.fail(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? failure('out-of-memory', '--workers') : error),
    );
    this.worker.on('exit', (code) => this.fail(lost(code)));
  }

  /** Whether the thread takes calls. */
  get lives(): boolean {
    return this.broken === null;
  }

  /** Runs a call on the thread. Rejects with what it throws there, or once the thread is gone. */
  call<T>(name: Call['name'], ...args: unknown[]): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.broken !== null) return reject(this.broken);
      const id = this.calls++;
      this.worker.ref();
      this.waiting.set(id, { resolve, reject });
      this.worker.postMessage({ id, name, args } satisfies Call);
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
    this.fail(lost(0));
    await this.worker.terminate();
  }

  /** A thread that a bug has left in an unknown state takes no more calls. */
  private settle(answer: Answer): void {
    const call = this.waiting.get(answer.id);
    if (call === undefined) return; // it was sent before the thread was ended
    if ('failed' in answer) return this.fail(answer.failed);
    this.waiting.delete(answer.id);
    if (this.waiting.size === 0) this.worker.unref();
    if ('value' in answer) call.resolve(answer.value as never);
    else call.reject(new GoodnetError(...answer.refused));
  }
}

const lost = (code: number): GoodnetError => failure('thread-lost', '--workers', { code });
