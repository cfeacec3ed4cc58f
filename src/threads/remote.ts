import { Worker } from 'node:worker_threads';
import type { EngineName } from '../config.ts';
import { failure, GoodnetError } from '../errors.ts';

/** What a thread is started with. */
export interface ThreadSetup {
  cwd: string;
  engine: EngineName;
  engineFolder: string;
  decoderFolder: string;
}

export interface Call {
  id: number;
  name: 'open' | 'sums' | 'tallies' | 'answers' | 'changed' | 'close';
  args: unknown[];
}

/** What a thread sends back for a call: a value, the parts of a GoodnetError, or a bug. */
export type Answer = { id: number } & ({ value: unknown } | { refused: ConstructorParameters<typeof GoodnetError> } | { failed: Error });

/** A worker thread to be called from this one. */
export class Remote {
  private readonly worker: Worker;
  private readonly waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  private calls = 0;
  private broken: Error | null = null;

  constructor(file: string, setup: ThreadSetup) {
    this.worker = new Worker(file, { workerData: setup });
    this.worker.on('message', (answer: Answer) => this.settle(answer));
    this.worker.on('error', (error: NodeJS.ErrnoException) => this.fail(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? failure('out-of-memory', '--workers') : error));
    this.worker.on('exit', (code) => this.fail(failure('thread-lost', '--workers', { code })));
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
      this.waiting.set(id, { resolve, reject });
      this.worker.postMessage({ id, name, args } satisfies Call);
    });
  }

  async stop(): Promise<void> {
    await this.worker.terminate();
  }

  private settle(answer: Answer): void {
    const { resolve, reject } = this.waiting.get(answer.id)!;
    this.waiting.delete(answer.id);
    if ('value' in answer) resolve(answer.value as never);
    else reject('refused' in answer ? new GoodnetError(...answer.refused) : answer.failed);
  }

  private fail(error: Error): void {
    this.broken ??= error;
    this.waiting.forEach(({ reject }) => reject(this.broken!));
    this.waiting.clear();
  }
}
