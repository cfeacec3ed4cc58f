import { breathe } from '../base/breathe.ts';
import type { Dataset } from '../data/dataset.ts';
import { operationsAnImage } from './cost.ts';
import type { Parts } from './parts.ts';
import type { Tally } from './tally.ts';
import type { Reversal, ReversalSettings } from './training/reverse.ts';
import { type Trains, trainedTogether } from './training/team.ts';
import type { Trained, TrainingSettings } from './training/train.ts';

/** Images of a dataset in a row: from `start` to before `stop`. */
export type Piece = readonly [start: number, stop: number];

/** What a thread does with images `start` to `stop` of a dataset, or with all of it. */
export interface ChunkWorker extends Trains {
  sums(start: number, stop: number): Float64Array | Promise<Float64Array>;
  tallies(start: number, stop: number, order: Int32Array, stops: readonly number[]): Tally[] | Promise<Tally[]>;
  answers(pieces: readonly Piece[], pruned: Int32Array): Answers | Promise<Answers>;
  changed(
    trials: readonly RoundingTrial[],
    offs: readonly Int32Array[],
    draw: number,
    progress?: Progress,
  ): NearTie[][] | Promise<NearTie[][]>;
  reversed(settings: ReversalSettings): Promise<Reversal>;
}

/** Who makes sums and tallies of chunks, each of which needs no other. */
export type Counter = Pick<ChunkWorker, 'sums' | 'tallies'>;

/** Images whose sums are rounded in one of the ways that there are. */
export interface RoundingTrial {
  trial: number;
  pieces: readonly Piece[];
}

/** An image to which a net may give another class where its sums are rounded otherwise. */
export interface NearTie {
  image: number;
  /** The two best, the better first. */
  classes: [number, number];
  /** How far apart their scores lie; for a single sigmoid, how far from 0.5. */
  apart: number;
}

/** The classes that the original net and a pruned one give some images. */
export type Answers = [original: Int32Array, pruned: Int32Array];

/** Called with the number of images finished since the last call. */
export type Progress = (images: number) => void;

/** What a chunk has at most: operations are about a second's work, and an image counts as no fewer than `imageOperations`. */
const chunkOperations = 2 ** 34,
  imageOperations = 2 ** 26,
  chunkBytes = 2 ** 25;

/** How many images of `data` make a chunk: that depends on the net and the data alone, since sums are added chunk by chunk. */
export function chunkSize(parts: Parts, { imageBytes }: Dataset): number {
  const byWork = chunkOperations / Math.max(imageOperations, operationsAnImage(parts));
  const byMemory = chunkBytes / Math.max(parts.featureBytes, imageBytes);
  return Math.max(1, Math.floor(Math.min(byWork, byMemory)));
}

/** What is done with images `start` to before `stop`. */
type Work<W, T> = (worker: W, start: number, stop: number) => T | Promise<T>;

/** How many chunks so many bytes of data make at least, whatever net they are for: where no image is larger than a chunk. */
export const leastChunks = (dataBytes: number): number => Math.floor(dataBytes / chunkBytes);

/**
 * A dataset in front of a net, cut into chunks that workers take in turn. Chunks do not depend on the number of
 * workers, and their results are joined in order: so are all figures the same for any number.
 */
export class Chunks {
  /** Who made sums or tallies of each chunk. */
  private readonly owners = new Map<number, unknown>();
  private series = 0;
  /** Who searched for the trigger of a class, in the last series. */
  private readonly searchers = new Map<number, ChunkWorker>();

  constructor(
    readonly data: Dataset,
    private readonly size: number,
    private readonly workers: readonly ChunkWorker[],
    private readonly counters: readonly Counter[] = workers,
    /** How many may train together at most. */
    private readonly members = 1,
  ) {}

  /** The sum over images and positions of every channel at the cut, in float64. */
  async channelSums(progress: Progress): Promise<Float64Array> {
    const parts = await this.counted((counter, start, stop) => counter.sums(start, stop), progress);
    return parts.reduce((sums, part) => sums.map((sum, c) => sum + part[c]!));
  }

  /** One tally for each of `stops`: the numbers of channels of `order` that are pruned, ascending. */
  async sweep(order: Int32Array, stops: readonly number[], progress: Progress): Promise<Tally[]> {
    const parts = await this.counted((counter, start, stop) => counter.tallies(start, stop, order, stops), progress);
    return stops.map((_, i) => parts.map((tallies) => tallies[i]!).reduce(add));
  }

  /** The class that the net gives each image, before anything is pruned. */
  async classes(progress: Progress): Promise<Int32Array> {
    const none = new Int32Array();
    const parts = await this.each(
      this.workers,
      new Map(),
      async (worker, start, stop) => (await worker.answers([[start, stop]], none))[0],
      progress,
    );
    return Int32Array.from(parts.flatMap((part) => [...part]));
  }

  /** What training on these images makes of the net, by several workers together. */
  trained(settings: TrainingSettings, progress: Progress): Promise<Trained> {
    return trainedTogether(this.workers, this.members, settings, progress);
  }

  /** The number of a new series of searches: all of one net, each of which goes on from the steps that it made. */
  newSeries(): number {
    this.searchers.clear();
    return ++this.series;
  }

  /**
   * A trigger for each of `searches`, which workers take in turn, those first that they can go on with; `told` of each
   * as it is found.
   */
  async reversed(
    searches: readonly ReversalSettings[],
    told: (place: number, found: Reversal) => void,
  ): Promise<Reversal[]> {
    const found: Reversal[] = [];
    const open = new Set(searches.keys());
    const next = (worker: ChunkWorker): number | undefined => {
      const whose = (i: number) => this.searchers.get(searches[i]!.target);
      const all = [...open];
      return all.find((i) => whose(i) === worker) ?? all.find((i) => whose(i) === undefined) ?? all.at(-1);
    };
    await Promise.all(
      this.workers.map(async (worker) => {
        for (let i = next(worker); i !== undefined; i = next(worker)) {
          open.delete(i);
          this.searchers.set(searches[i]!.target, worker);
          const trigger = await worker.reversed(searches[i]!);
          found[i] = trigger;
          told(i, trigger);
          await breathe(undefined);
        }
      }),
    );
    return found;
  }

  /** What the nets before and after pruning `pruned` answer for some images, a few of them. */
  async answers(pieces: readonly Piece[], pruned: Int32Array): Promise<Answers> {
    const answers = await this.workers[0]!.answers(pieces, pruned);
    await breathe(undefined);
    return answers;
  }

  /**
   * The images to which the net with each list of `offs` pruned gives another class, or may give it, where its sums are
   * rounded otherwise: in each of `trials` in another way, and by errors that are others for each `draw`.
   */
  async changed(
    trials: readonly (readonly Piece[])[],
    offs: readonly Int32Array[],
    draw = 0,
    progress?: Progress,
  ): Promise<NearTie[][]> {
    const numbered = trials.map((pieces, trial): RoundingTrial => ({ trial, pieces }));
    const found = await Promise.all(
      this.workers.map(async (worker, w) => {
        const own = numbered.filter(({ trial, pieces }) => pieces.length > 0 && trial % this.workers.length === w);
        return own.length === 0 ? offs.map(() => []) : worker.changed(own, offs, draw, progress);
      }),
    );
    await breathe(undefined);
    return offs.map((_, i) => found.flatMap((changed) => changed[i]!).sort((a, b) => a.image - b.image));
  }

  private counted<T>(work: Work<Counter, T>, progress: Progress): Promise<T[]> {
    return this.each(this.counters, this.owners, work, progress);
  }

  /**
   * The work on each chunk, in the order of the chunks. A worker takes again what it had before, since it may have kept
   * the features.
   */
  private async each<W, T>(
    workers: readonly W[],
    owners: Map<number, unknown>,
    work: Work<W, T>,
    progress: Progress,
  ): Promise<T[]> {
    const open = new Set(Array.from({ length: Math.ceil(this.data.count / this.size) }, (_, i) => i));
    const results: T[] = [];
    const next = (worker: W): number | undefined =>
      [...open].find((i) => owners.get(i) === worker) ?? [...open].find((i) => !owners.has(i));
    await Promise.all(
      workers.map(async (worker) => {
        for (let i = next(worker); i !== undefined; i = next(worker)) {
          open.delete(i);
          owners.set(i, worker);
          const [start, stop] = [i * this.size, Math.min((i + 1) * this.size, this.data.count)];
          results[i] = await work(worker, start, stop);
          progress(stop - start);
          await breathe(undefined);
        }
      }),
    );
    return results;
  }
}

const add = (a: Tally, b: Tally): Tally => ({
  hits: a.hits + b.hits,
  goodnetHits: a.goodnetHits + b.goodnetHits,
  rejected: a.rejected + b.rejected,
  robust: a.robust + b.robust,
  goodnetRobust: a.goodnetRobust + b.goodnetRobust,
});
