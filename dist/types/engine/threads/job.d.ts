import type { DataPlace } from '../../data/stored.ts';
import { Network } from '../network.ts';
import { type Cut } from '../parts.ts';
import { type Phase } from '../phases.ts';
import { Shard } from '../shard.ts';
import type { Model } from '../../models/net.ts';
import { type SplitData } from '../../data/splits.ts';
/** One model and the data in front of it: what a thread needs to work on chunks. Plain data that can be sent; weights and open files are shared. */
export interface Job {
    model: Model;
    cut: Cut | null;
    splits: Pick<SplitData, 'files' | 'format'>[];
    /** Bytes of features that this thread keeps in memory. */
    featureBytes: number;
}
/** A job on this thread: the net, and a shard for each dataset, split by split. */
export interface OpenJob {
    network: Network;
    shards: Shard[][];
    /** Releases all that the job holds; answers the seconds that this thread spent, on whatever, since a job was closed or the first was opened. */
    close: () => Record<Phase, number>;
}
/** Opens a job's data on this thread, and starts it. */
export declare function openJob(job: Job, place: DataPlace): Promise<OpenJob>;
