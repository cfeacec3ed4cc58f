import { allOf } from '../../data/all-of.ts';
import type { Dataset } from '../../data/dataset.ts';
import type { PixelScale } from '../../data/layout.ts';
import type { SplitData } from '../../data/splits.ts';
import { type ChunkWorker, chunkSize, type Counter } from '../chunks.ts';
import type { Parts } from '../parts.ts';
import type { Tally } from '../tally.ts';
import type { SentNet } from './connection.ts';
import { type Counts, sentQuestion, sentValues } from './question.ts';
import { type Echo, receivedSums, receivedTallies, sentSums, sentTallies } from './reply.ts';
import { netOf } from './sent-net.ts';
import { sha256 } from './sha256.ts';

/** A dataset in front of a net. */
export interface AskedJob {
  parts: Parts;
  net: () => Promise<SentNet>;
  images: Dataset;
  format: PixelScale;
  /** Images of a chunk, but for the last. */
  size: number;
}

/** Each dataset of `data` in front of a net, by its place in its split. The net is made ready once, when it is asked for. */
export function askedJobs(parts: Parts, data: readonly SplitData[]): (split: number, dataset: number) => AskedJob {
  let sent: Promise<SentNet> | undefined;
  const net = (): Promise<SentNet> => (sent ??= netOf(parts.model));
  return (split, dataset) => {
    const { format, ...sets } = data[split]!;
    const images = allOf(sets)[dataset]!;
    return { parts, net, images, format, size: chunkSize(parts, images) };
  };
}

/** What is counted of a chunk: how a reply is read and written, and how this machine counts the same. */
export interface Counted<T> {
  route: 'sums' | 'tallies';
  counts: Counts | null;
  read: (reply: Uint8Array, echo: Echo) => T;
  write: (echo: Echo, counted: T) => Uint8Array<ArrayBuffer>;
  again: (worker: ChunkWorker) => T | Promise<T>;
  /** What nothing counts to. */
  none: () => T;
  /** Bytes of the numbers in a reply. */
  bytes: number;
}

/** Puts what is to be counted of a chunk into words that another machine understands. */
export abstract class AskingCounter<Job extends AskedJob> implements Counter {
  constructor(protected readonly job: Job) {}

  sums(start: number, stop: number): Promise<Float64Array> {
    const { channels } = this.job.parts;
    return this.counted(start, stop, {
      route: 'sums',
      counts: null,
      read: (reply, echo) => receivedSums(reply, echo, channels),
      write: sentSums,
      again: (worker) => worker.sums(start, stop),
      none: () => new Float64Array(channels),
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
      write: sentTallies,
      again: (worker) => worker.tallies(start, stop, order, stops),
      none: () => stops.map(() => ({ hits: 0, goodnetHits: 0, rejected: 0, robust: 0, goodnetRobust: 0 })),
      bytes: stops.length * 5 * Int32Array.BYTES_PER_ELEMENT,
    });
  }

  protected abstract counted<T>(start: number, stop: number, counted: Counted<T>): Promise<T>;

  /** The question, and what its answer has to say that it answers. */
  protected async asked(start: number, stop: number, counts: Counts | null) {
    const net = await this.job.net();
    const { body, data } = await sentQuestion(this.question(net.hash, start, stop, counts));
    const echo: Echo = { model: net.hash, data, request: await sha256(body) };
    return { net, body, data, echo };
  }

  /** Images of a chunk, in the words of a message. */
  protected wordsFor(start: number, stop: number): string {
    return `images ${start} to ${stop - 1} of ${this.job.images.stored.file}`;
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
