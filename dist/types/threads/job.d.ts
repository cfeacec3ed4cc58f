import type { DataPlace } from '../data/source.ts';
import { type Parts } from '../engine/parts.ts';
import { Shard } from '../engine/shard.ts';
import type { Target } from '../engine/target.ts';
import type { Model } from '../keras/model.ts';
import { type SplitData } from '../splits.ts';
/** One model and the data in front of it: what a thread needs to work on chunks. Plain data that can be sent; weights and open files are shared. */
export interface Job {
    model: Model;
    target: Target | null;
    splits: Pick<SplitData, 'files' | 'format'>[];
}
/** A job on this thread: a shard for each dataset, split by split. */
export interface OpenJob {
    shards: Shard[][];
    close: () => void;
}
/** Puts open data in front of the net on this thread's engine. */
export declare function startJob(parts: Parts, splits: readonly SplitData[]): OpenJob;
/** Opens a job's data on this thread as well, and starts it. */
export declare function openJob(job: Job, place: DataPlace): Promise<OpenJob>;
