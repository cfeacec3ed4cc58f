import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { Clock } from '../../base/clock.ts';
import type { Config, EngineName } from '../../settings/config.ts';
import { CalledThread, ThreadEnded, type Told } from '../../base/called-thread.ts';
import { failure } from '../../base/errors.ts';
import { type ChunkWorker, leastChunks } from '../chunks.ts';
import {
  chunksIn,
  type Evaluator,
  type EvaluatorPlace,
  inChunks,
  type Load,
  type Opened,
  type Work,
  type WorkersOf,
} from '../evaluator.ts';
import type { Parts } from '../parts.ts';
import { type Phase, phases } from '../phases.ts';
import type { Model } from '../../models/net.ts';
import type { SplitData } from '../../data/splits.ts';
import { checkSimd } from '../simd.ts';
import type { Job } from './job.ts';

/** What a thread is started with. */
export type ThreadSetup = Pick<EvaluatorPlace, 'cwd' | 'assets'> & { engine: EngineName };

const mostByDefault = 8;
/** A thread takes a while to start: fewer chunks than these for each of them are done sooner by fewer threads. */
const chunksEach = 4;

/** Bytes of features that all threads together keep in memory. */
const defaultFeatureBytes = 1 << 27;

/** The threads that the settings ask for, on their way as far as the data is surely large enough for them. Throws `engine-unavailable` or `no-simd`. */
export async function openThreads(
  { workers, engine }: Pick<Config, 'workers' | 'engine'>,
  { cwd, assets, featureBytes, dataBytes = 0, signal }: EvaluatorPlace,
): Promise<Evaluator> {
  if (engine === 'wasm') checkSimd();
  else await (await import('../start-engine.ts')).startEngine(engine, { assets }); // the library is loaded on the main thread before any other
  const count = workers ?? (engine === 'tensorflow' ? 1 : undefined);
  const threads = new Threads(count, { cwd, engine, assets, featureBytes, signal });
  threads.prepare(threads.countFor(leastChunks(dataBytes)));
  return threads;
}

/**
 * The threads of a run: as many as a job is large enough for, and used for all jobs that follow. Whatever computes does so on them and never on
 * this thread, which hears a Ctrl-C and the end of the time budget and ends them.
 */
export class Threads implements Evaluator {
  /** How many there are at most. */
  readonly count: number;
  /** What the threads did for all jobs that are closed. */
  readonly work: Work = { threads: 0, seconds: new Clock(phases).seconds };
  private readonly featureBytes: number;
  private threads: CalledThread[] = [];
  private jobs = 0;

  constructor(
    private readonly asked: number | undefined,
    private readonly setup: EvaluatorPlace & { engine: EngineName },
  ) {
    this.count = asked ?? Math.min(mostByDefault, availableParallelism());
    this.featureBytes = setup.featureBytes ?? defaultFeatureBytes;
    setup.signal?.addEventListener('abort', this.abort);
  }

  /** Starts as many threads as are missing, so that they are there when the first job is. Throws the signal's reason where an end was asked for. */
  prepare(count: number): CalledThread[] {
    const { cwd, assets, engine, signal } = this.setup;
    signal?.throwIfAborted();
    const workerData: ThreadSetup = { cwd, engine, assets };
    this.threads = this.threads.filter(({ lives }) => lives);
    while (this.threads.length < count)
      this.threads.push(new CalledThread(new Worker(`${assets}thread.js`, { workerData })));
    return this.threads.slice(0, count);
  }

  /** Puts the data in front of the net, on one thread or on several. */
  async open(parts: Parts, data: readonly SplitData[], { long, chunks }: Load = {}): Promise<Opened> {
    const id = this.jobs++;
    const used = await this.start(id, parts, data, this.countFor(chunks ?? chunksIn(parts, data), long));
    const workers: WorkersOf = (split, dataset) => used.map((thread) => workerOf(thread, id, split, dataset));
    return { splits: inChunks(parts, data, workers), workers, close: () => this.close(id, used) };
  }

  /** How many threads so many chunks are for, and so many works that take long. */
  countFor(chunks: number, long = 0): number {
    const most = this.asked === undefined ? Math.floor(chunks / chunksEach) : chunks;
    return Math.max(1, Math.min(this.count, Math.max(most, long)));
  }

  /** Ends all threads, whatever they are at. */
  async stop(): Promise<void> {
    this.setup.signal?.removeEventListener('abort', this.abort);
    await stopAll(this.threads.splice(0));
  }

  private readonly abort = (): void =>
    this.threads.forEach((thread) => thread.fail(this.setup.signal!.reason as Error));

  private async start(
    id: number,
    { model, cut }: Parts,
    data: readonly SplitData[],
    count: number,
  ): Promise<CalledThread[]> {
    const job: Job = {
      model: shared(model),
      cut,
      splits: data.map(({ files, format }) => ({ files, format })),
      featureBytes: Math.floor(this.featureBytes / count),
    };
    const used = this.prepare(count);
    try {
      await Promise.all(used.map((thread) => ask(thread, 'open', [id, job])));
    } catch (error) {
      await stopAll(used);
      throw error;
    }
    return used;
  }

  /** Lets go of a job. Where a thread was lost on it, the others may still be at work for it: the next job gets new ones. */
  private async close(id: number, used: readonly CalledThread[]): Promise<void> {
    if (used.every(({ lives }) => lives))
      this.add(await Promise.all(used.map((thread) => ask<Record<Phase, number>>(thread, 'close', [id]))));
    else await stopAll(used);
  }

  private add(spent: readonly Record<Phase, number>[]): void {
    this.work.threads = Math.max(this.work.threads, spent.length);
    for (const seconds of spent) for (const phase of phases) this.work.seconds[phase] += seconds[phase];
  }
}

/** Has a thread do one of its duties. Throws what it throws there, `thread-lost` or `out-of-memory`. */
async function ask<T>(thread: CalledThread, duty: string, args: unknown[], told?: Told): Promise<T> {
  try {
    return await thread.call<T>(duty, args, [], told);
  } catch (error) {
    if (!(error instanceof ThreadEnded)) throw error;
    throw error.by === 'memory'
      ? failure('out-of-memory', '--workers')
      : failure('thread-lost', '--workers', { code: error.by });
  }
}

/** A thread's work on one dataset of a split of a job. */
const workerOf = (thread: CalledThread, job: number, split: number, dataset: number): ChunkWorker => ({
  sums: (...chunk) => ask(thread, 'sums', [job, split, dataset, ...chunk]),
  tallies: (...chunk) => ask(thread, 'tallies', [job, split, dataset, ...chunk]),
  answers: (...pieces) => ask(thread, 'answers', [job, split, dataset, ...pieces]),
  changed: (trials, offs, draw, progress) =>
    ask(thread, 'changed', [job, split, dataset, trials, offs, draw], progress),
  trained: (settings, member, progress) => ask(thread, 'trained', [job, split, dataset, settings, member], progress),
  reversed: (...settings) => ask(thread, 'reversed', [job, split, dataset, ...settings]),
});

const stopAll = async (threads: readonly CalledThread[]): Promise<void> =>
  void (await Promise.all(threads.map((thread) => thread.stop())));

/** Moves the weights to memory that threads share instead of copying it. */
function shared(model: Model): Model {
  for (const layer of new Set(model.calls.map((call) => call.layer))) {
    for (const weight of layer.weights) {
      const values = new Float32Array(new SharedArrayBuffer(weight.values.byteLength));
      values.set(weight.values);
      weight.values = values;
    }
  }
  return model;
}
