import type { ChunkWorker } from '../chunks.ts';
import { type AskedJob, AskingCounter, type Counted } from '../remote/asking-counter.ts';
import type { CountFiles } from './count-files.ts';
import { type Share } from './share.ts';
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
