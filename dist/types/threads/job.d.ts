import type { DataPlace } from '../data/stored.ts';
import { type Parts } from '../engine/parts.ts';
import { type Computing, Shard } from '../engine/shard.ts';
import type { Target } from '../engine/target.ts';
import type { Model } from '../keras/model.ts';
import { type SplitData } from '../splits.ts';
/** One model and the data in front of it: what a thread needs to work on chunks. Plain data that can be sent; weights and open files are shared. */
export interface Job {
    model: Model;
    target: Target | null;
    splits: Pick<SplitData, 'files' | 'format'>[];
    /** Bytes of features that this thread keeps in memory. */
    featureBytes: number;
}
/** A job on this thread: a shard for each dataset, split by split. */
export interface OpenJob {
    shards: Shard[][];
    /** Releases all that the job holds; answers the seconds that this thread spent on it. */
    close: () => Record<Computing, number>;
}
/** Puts open data in front of the net on this thread's engine. */
export declare function startJob(parts: Parts, splits: readonly SplitData[], featureBytes: number): OpenJob;
/** Opens a job's data on this thread as well, and starts it. */
export declare function openJob(job: Job, place: DataPlace): Promise<OpenJob>;
