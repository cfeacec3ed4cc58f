import { availableParallelism } from 'node:os';
import { Clock } from '../clock.ts';
import type { Config, EngineName } from '../config.ts';
import type { Dataset } from '../data/dataset.ts';
import { type ChunkWorker, Chunks, chunkSize } from '../engine/chunks.ts';
import type { Parts } from '../engine/parts.ts';
import { type Computing, computing } from '../engine/shard.ts';
import type { Split } from '../defense/sweep.ts';
import type { Model } from '../keras/model.ts';
import { startEngine } from '../start-engine.ts';
import { allOf, type SplitData } from '../splits.ts';
import { type Job, startJob } from './job.ts';
import { Remote, type ThreadSetup } from './remote.ts';

/** Splits in front of a net; `close` releases what the threads hold of them. */
export interface Started {
  splits: Split[];
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
}

/** How many threads computed, at most at once, and the seconds of them all by phase. */
export interface ThreadWork {
  threads: number;
  seconds: Record<Computing, number>;
}

/** The threads that the settings ask for. Throws `engine-unavailable`. */
export async function openThreads({ workers, engine }: Pick<Config, 'workers' | 'engine'>, { cwd, engineFolder, decoderFolder, threadFile, featureBytes }: ThreadsPlace): Promise<Threads> {
  if (engine === 'tensorflow') await startEngine(engine, { engineFolder }); // the library is loaded on the main thread before any other
  const count = workers ?? (engine === 'tensorflow' ? 1 : undefined);
  return new Threads(count, { cwd, engine, engineFolder, decoderFolder, threadFile, featureBytes });
}

/** The threads of a run: started when a job is large enough for them, and used for all jobs that follow. */
export class Threads {
  /** How many there are at most. */
  readonly count: number;
  /** What the threads did for all jobs that are closed. */
  readonly work: ThreadWork = { threads: 0, seconds: new Clock(computing).seconds };
  private readonly featureBytes: number;
  private remotes: Remote[] = [];

  constructor(private readonly asked: number | undefined, private readonly setup: ThreadsPlace & { engine: EngineName }) {
    this.count = asked ?? Math.min(mostByDefault, availableParallelism());
    this.featureBytes = setup.featureBytes ?? defaultFeatureBytes;
  }

  /** Puts the data in front of the net, on this thread or on several. */
  async start(parts: Parts, data: readonly SplitData[]): Promise<Started> {
    const sizes = new Map(data.flatMap(allOf).map((dataset) => [dataset, chunkSize(parts, dataset)]));
    const chunks = [...sizes].reduce((sum, [{ count }, size]) => sum + Math.ceil(count / size), 0);
    const threads = Math.min(this.count, this.asked === undefined ? Math.floor(chunks / chunksEach) : chunks);
    const { workers, close } = threads > 1 ? await this.startRemote(parts, data, threads) : await this.startHere(parts, data);
    const inChunks = (dataset: Dataset, split: number, index: number): Chunks => new Chunks(dataset, sizes.get(dataset)!, workers(split, index));
    return {
      splits: data.map(({ clean, attacks }, i) => ({ clean: inChunks(clean, i, 0), attacks: new Map([...attacks].map(([name, dataset], j) => [name, inChunks(dataset, i, j + 1)])) })),
      close,
    };
  }

  /** Ends all threads, whatever they are at. */
  async stop(): Promise<void> {
    await Promise.all(this.remotes.splice(0).map((remote) => remote.stop()));
  }

  private async startHere(parts: Parts, data: readonly SplitData[]) {
    await startEngine(this.setup.engine, this.setup);
    const { shards, close } = startJob(parts, data, this.featureBytes);
    return { workers: (split: number, index: number): ChunkWorker[] => [shards[split]![index]!], close: async () => this.add([close()]) };
  }

  private async startRemote({ model, target }: Parts, data: readonly SplitData[], count: number) {
    const job: Job = { model: shared(model), target, splits: data.map(({ files, format }) => ({ files, format })), featureBytes: Math.floor(this.featureBytes / count) };
    const { threadFile, featureBytes: _, ...setup } = this.setup;
    this.remotes = this.remotes.filter(({ lives }) => lives);
    while (this.remotes.length < count) this.remotes.push(new Remote(threadFile, setup));
    const used = this.remotes.slice(0, count);
    await Promise.all(used.map((remote) => remote.call('open', job)));
    const workers = (split: number, index: number): ChunkWorker[] => used.map((remote) => ({
      sums: (start, stop) => remote.call('sums', split, index, start, stop),
      tallies: (start, stop, order, stops) => remote.call('tallies', split, index, start, stop, order, stops),
      answers: (start, stop, pruned) => remote.call('answers', split, index, start, stop, pruned),
      changed: (start, stop, pruned, order) => remote.call('changed', split, index, start, stop, pruned, order),
    }));
    return { workers, close: async () => this.add(await Promise.all(used.map((remote) => remote.call<Record<Computing, number>>('close')))) };
  }

  private add(spent: readonly Record<Computing, number>[]): void {
    this.work.threads = Math.max(this.work.threads, spent.length);
    for (const seconds of spent) for (const phase of computing) this.work.seconds[phase] += seconds[phase];
  }
}

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
