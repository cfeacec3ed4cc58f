import type { Dataset } from '../../data/dataset.ts';
import type { PixelScale } from '../../data/layout.ts';
import type { SplitData } from '../../data/splits.ts';
import { type ChunkWorker, type Counter } from '../chunks.ts';
import type { Parts } from '../parts.ts';
import type { Tally } from '../tally.ts';
import type { SentNet } from './connection.ts';
import { type Counts } from './question.ts';
import { type Echo } from './reply.ts';
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
export declare function askedJobs(parts: Parts, data: readonly SplitData[]): (split: number, dataset: number) => AskedJob;
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
export declare abstract class AskingCounter<Job extends AskedJob> implements Counter {
    protected readonly job: Job;
    constructor(job: Job);
    sums(start: number, stop: number): Promise<Float64Array>;
    tallies(start: number, stop: number, order: Int32Array, stops: readonly number[]): Promise<Tally[]>;
    protected abstract counted<T>(start: number, stop: number, counted: Counted<T>): Promise<T>;
    /** The question, and what its answer has to say that it answers. */
    protected asked(start: number, stop: number, counts: Counts | null): Promise<{
        net: SentNet;
        body: Uint8Array<ArrayBuffer>;
        data: string;
        echo: Echo;
    }>;
    /** Images of a chunk, in the words of a message. */
    protected wordsFor(start: number, stop: number): string;
    private question;
}
