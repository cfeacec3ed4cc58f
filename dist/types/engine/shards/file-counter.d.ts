import type { ChunkWorker } from '../chunks.ts';
import { type AskedJob, AskingCounter, type Counted } from '../remote/asking-counter.ts';
import type { CountFiles } from './count-files.ts';
/** What is counted one after the other: each needs all of that before it. */
export declare const shardPhases: readonly ["rank", "sweep", "test"];
export type ShardPhase = (typeof shardPhases)[number];
/** What one of several counts: every `of`th chunk of each dataset, from `index` on, in one phase. */
export interface Share {
    index: number;
    of: number;
    phase: ShardPhase;
}
/** Thrown where all is counted that a shard has to. */
export declare class ShardDone extends Error {
}
/** A dataset in front of a net, and the place of its split. */
export interface FileJob extends AskedJob {
    split: number;
}
/** Takes counts of chunks from files. What is its share is counted and written; the rest of that phase is nothing. */
export declare class FileCounter extends AskingCounter<FileJob> {
    private readonly files;
    private readonly share;
    private readonly worker;
    constructor(job: FileJob, files: CountFiles, share: Share | null, worker: ChunkWorker);
    /** Throws `shard-missing`, `shard-damaged`, and `ShardDone`. */
    protected counted<T>(start: number, stop: number, counted: Counted<T>): Promise<T>;
}
