import { availableParallelism } from 'node:os';
import { Clock } from '../../base/clock.ts';
import type { Config, EngineName } from '../../settings/config.ts';
import type { Dataset } from '../../data/dataset.ts';
import { type ChunkWorker, Chunks, chunkSize } from '../chunks.ts';
import type { Parts } from '../parts.ts';
import { type Phase, phases } from '../phases.ts';
import type { Split } from '../split.ts';
import type { Model } from '../../models/keras/model.ts';
import { allOf, type SplitData } from '../../data/splits.ts';
import type { Job } from './job.ts';
import { Remote, type ThreadSetup } from './remote.ts';

/** Splits in front of a net; `close` releases what the threads hold of them. */
export interface Started {
  splits: Split[];
  close: () => Promise<void>;
}

/** A net alone on a thread. */
export interface StartedNet {
  /** The classes that it answers to `count` images, N,H,W,C in row-major order. Throws `output-not-finite`. */
  classes: (images: Float32Array, count: number) => Promise<Int32Array>;
  close: () => Promise<void>;
}

const mostByDefault = 8;
/** A thread takes a while to start: fewer chunks than these for each of them are done sooner by fewer threads. */
const chunksEach = 4;

/** Bytes of features that all threads together keep in memory. */
const defaultFeatureBytes = 1 << 27;

/** Where threads run. */
export interface ThreadsPlace extends Omit<ThreadSetup, 'engine'> {
  /** The file that they run. */
  threadFile: string;
  /** Bytes of features that all threads together keep in memory between ranking and sweep (128 MB unless given); more go to a temporary file. */
  featureBytes?: number;
  /** Ends the threads at once, also inside a batch; its reason is thrown. */
  signal?: AbortSignal;
}

/** How many threads computed, at most at once, and the seconds of them all by phase. */
export interface ThreadWork {
  threads: number;
  seconds: Record<Phase, number>;
}

/** The threads that the settings ask for, the first of them on its way. Throws `engine-unavailable`. */
export async function openThreads(
  { workers, engine }: Pick<Config, 'workers' | 'engine'>,
  { cwd, engineFolder, decoderFolder, threadFile, featureBytes, signal }: ThreadsPlace,
): Promise<Threads> {
  if (engine === 'tensorflow') await (await import('../start-engine.ts')).startEngine(engine, { engineFolder }); // the library is loaded on the main thread before any other
  const count = workers ?? (engine === 'tensorflow' ? 1 : undefined);
  const threads = new Threads(count, { cwd, engine, engineFolder, decoderFolder, threadFile, featureBytes, signal });
  threads.prepare(1);
  return threads;
}

/**
 * The threads of a run: as many as a job is large enough for, and used for all jobs that follow. Whatever computes does so on them and never on
 * this thread, which hears a Ctrl-C and the end of the time budget and ends them.
 */
export class Threads {
  /** How many there are at most. */
  readonly count: number;
  /** What the threads did for all jobs that are closed. */
  readonly work: ThreadWork = { threads: 0, seconds: new Clock(phases).seconds };
  private readonly featureBytes: number;
  private remotes: Remote[] = [];

  constructor(
    private readonly asked: number | undefined,
    private readonly setup: ThreadsPlace & { engine: EngineName },
  ) {
    this.count = asked ?? Math.min(mostByDefault, availableParallelism());
    this.featureBytes = setup.featureBytes ?? defaultFeatureBytes;
    setup.signal?.addEventListener('abort', this.abort);
  }

  /** Starts as many threads as are missing, so that they are there when the first job is. Throws the signal's reason where an end was asked for. */
  prepare(count: number): Remote[] {
    const { threadFile, cwd, engine, engineFolder, decoderFolder, signal } = this.setup;
    signal?.throwIfAborted();
    this.remotes = this.remotes.filter(({ lives }) => lives);
    while (this.remotes.length < count)
      this.remotes.push(new Remote(threadFile, { cwd, engine, engineFolder, decoderFolder }));
    return this.remotes.slice(0, count);
  }

  /** Puts the data in front of the net, on one thread or on several. */
  async start(parts: Parts, data: readonly SplitData[]): Promise<Started> {
    const sizes = new Map(data.flatMap(allOf).map((dataset) => [dataset, chunkSize(parts, dataset)]));
    const chunks = [...sizes].reduce((sum, [{ count }, size]) => sum + Math.ceil(count / size), 0);
    const threads = Math.max(
      1,
      Math.min(this.count, this.asked === undefined ? Math.floor(chunks / chunksEach) : chunks),
    );
    const { used, close } = await this.open(parts, data, threads);
    const workers = (split: number, index: number): ChunkWorker[] =>
      used.map((remote) => ({
        sums: (start, stop) => remote.call('sums', split, index, start, stop),
        tallies: (start, stop, order, stops) => remote.call('tallies', split, index, start, stop, order, stops),
        answers: (start, stop, pruned) => remote.call('answers', split, index, start, stop, pruned),
        changed: (start, stop, pruned, order) => remote.call('changed', split, index, start, stop, pruned, order),
      }));
    const inChunks = (dataset: Dataset, split: number, index: number): Chunks =>
      new Chunks(dataset, sizes.get(dataset)!, workers(split, index));
    return {
      splits: data.map(({ clean, attacks }, i) => ({
        clean: inChunks(clean, i, 0),
        attacks: new Map([...attacks].map(([name, dataset], j) => [name, inChunks(dataset, i, j + 1)])),
      })),
      close,
    };
  }

  /** Puts the net alone on a thread. */
  async startNet(parts: Parts): Promise<StartedNet> {
    const {
      used: [remote],
      close,
    } = await this.open(parts, [], 1);
    return { classes: (images, count) => remote!.call('classes', images, count), close };
  }

  /** Ends all threads, whatever they are at. */
  async stop(): Promise<void> {
    this.setup.signal?.removeEventListener('abort', this.abort);
    await stopAll(this.remotes.splice(0));
  }

  private readonly abort = (): void =>
    this.remotes.forEach((remote) => remote.fail(this.setup.signal!.reason as Error));

  private async open({ model, target }: Parts, data: readonly SplitData[], count: number) {
    const job: Job = {
      model: shared(model),
      target,
      splits: data.map(({ files, format }) => ({ files, format })),
      featureBytes: Math.floor(this.featureBytes / count),
    };
    const used = this.prepare(count);
    try {
      await Promise.all(used.map((remote) => remote.call('open', job)));
    } catch (error) {
      await stopAll(used);
      throw error;
    }
    return { used, close: () => this.close(used) };
  }

  /** Lets go of a job. Where a thread was lost on it, the others may still be at work for it: the next job gets new ones. */
  private async close(used: readonly Remote[]): Promise<void> {
    if (used.every(({ lives }) => lives))
      this.add(await Promise.all(used.map((remote) => remote.call<Record<Phase, number>>('close'))));
    else await stopAll(used);
  }

  private add(spent: readonly Record<Phase, number>[]): void {
    this.work.threads = Math.max(this.work.threads, spent.length);
    for (const seconds of spent) for (const phase of phases) this.work.seconds[phase] += seconds[phase];
  }
}

const stopAll = async (remotes: readonly Remote[]): Promise<void> =>
  void (await Promise.all(remotes.map((remote) => remote.stop())));

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
