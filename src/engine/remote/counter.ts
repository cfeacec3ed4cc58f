import type { Dataset } from '../../data/dataset.ts';
import type { PixelScale } from '../../data/layout.ts';
import type { ChunkWorker, Counter } from '../chunks.ts';
import { operationsAnImage } from '../cost.ts';
import type { Parts } from '../parts.ts';
import type { Tally } from '../tally.ts';
import type { SentNet } from './connection.ts';
import type { Fleet } from './fleet.ts';
import { type Counts, sentQuestion, sentValues } from './question.ts';
import { type Echo, receivedSums, receivedTallies } from './reply.ts';
import { sha256 } from './sha256.ts';

/** A dataset in front of a net that evaluators are sent. */
export interface RemoteJob {
  parts: Parts;
  net: () => Promise<SentNet>;
  images: Dataset;
  format: PixelScale;
  /** Images of a chunk, but for the last. */
  size: number;
  /** The chunks that are computed again here, by their number. */
  checked: ReadonlySet<number>;
  /** Who computes them. */
  local: readonly ChunkWorker[];
  /** Ends all that is asked for this dataset. */
  signal: AbortSignal;
}

/** What is counted of a chunk: how a reply is read, and how this machine counts the same. */
interface Counted<T> {
  route: 'sums' | 'tallies';
  counts: Counts | null;
  read: (reply: Uint8Array, echo: Echo) => T;
  again: (worker: ChunkWorker) => T | Promise<T>;
  /** Bytes of the numbers in a reply. */
  bytes: number;
}

/** Operations a second of an evaluator that is still waited for: a core has some twenty times as many. */
const slowest = 2 ** 29;

/** Bytes of a reply besides its numbers, at most. */
const headerBytes = 2 ** 16;

/** Has chunks counted elsewhere, one at a time, by the evaluator at `home` while that answers. */
export class RemoteCounter implements Counter {
  constructor(
    private readonly job: RemoteJob,
    private readonly fleet: Fleet,
    private readonly home: number,
  ) {}

  sums(start: number, stop: number): Promise<Float64Array> {
    const { channels } = this.job.parts;
    return this.counted(start, stop, {
      route: 'sums',
      counts: null,
      read: (reply, echo) => receivedSums(reply, echo, channels),
      again: (worker) => worker.sums(start, stop),
      bytes: channels * Float64Array.BYTES_PER_ELEMENT,
    });
  }

  tallies(start: number, stop: number, order: Int32Array, stops: readonly number[]): Promise<Tally[]> {
    const [labels, trueLabels] = [this.job.images.labels, this.job.images.trueLabels].map(
      (all) => all?.slice(start, stop) ?? null,
    );
    return this.counted(start, stop, {
      route: 'tallies',
      counts: { labels: labels!, trueLabels: trueLabels!, order, stops },
      read: (reply, echo) => receivedTallies(reply, echo, stops.length, stop - start),
      again: (worker) => worker.tallies(start, stop, order, stops),
      bytes: stops.length * 5 * Int32Array.BYTES_PER_ELEMENT,
    });
  }

  private async counted<T>(start: number, stop: number, counted: Counted<T>): Promise<T> {
    this.fleet.believe();
    const { size, local, checked, signal } = this.job;
    const { route, read, again, bytes } = counted;
    const net = await this.job.net();
    const { body, data } = await sentQuestion(this.question(net.hash, start, stop, counted.counts));
    const echo: Echo = { model: net.hash, data, request: await sha256(body) };
    const workMs = (1000 * (stop - start) * operationsAnImage(this.job.parts)) / slowest;
    const question = { route, body, data, mostBytes: bytes + headerBytes, workMs };
    const asking = { net, question, read: (reply: Uint8Array) => read(reply, echo), areAlike };
    const told = await this.fleet.ask(asking, this.home, signal);
    const chunk = start / size;
    const here = (): T | Promise<T> => again(local[chunk % local.length]!);
    const of = `images ${start} to ${stop - 1} of ${this.job.images.stored.file}`;
    if ('refused' in told) {
      await here(); // where it throws that here, too, the error is the net's or the images' own
      throw this.fleet.distrust(told.by, `that it cannot count ${of}, which this machine can (${told.refused})`);
    }
    told.by.chunks++;
    if (!checked.has(chunk)) return told.value;
    const own = await here();
    if (!areAlike(own, told.value)) throw this.fleet.distrust(told.by, `other ${route} for ${of} than this machine`);
    told.by.checked++;
    return own;
  }

  private question(model: string, start: number, stop: number, counts: Counts | null) {
    const { parts, images, format } = this.job;
    const { data, layout } = images.stored;
    const { scale, mean, std } = format;
    return {
      model,
      cut: parts.cut?.named ?? null,
      chunk: [start, stop] as const,
      layout,
      scale: { scale, mean, std },
      pixels: { shape: [stop - start, ...data.shape.slice(1)], values: sentValues(data.rows(start, stop)) },
      counts,
    };
  }
}

/** Whether two counts are the same numbers. */
const areAlike = (one: unknown, other: unknown): boolean => JSON.stringify(plain(one)) === JSON.stringify(plain(other));
const plain = (value: unknown): unknown => (value instanceof Float64Array ? [...value] : value);
