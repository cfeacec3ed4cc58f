import type { Config, EngineName } from '../config.ts';
import type { Parts } from '../engine/parts.ts';
import { type Computing } from '../engine/shard.ts';
import type { Split } from '../defense/sweep.ts';
import { type SplitData } from '../splits.ts';
import { type ThreadSetup } from './remote.ts';
/** Splits in front of a net; `close` releases what the threads hold of them. */
export interface Started {
    splits: Split[];
    close: () => Promise<void>;
}
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
export declare function openThreads({ workers, engine }: Pick<Config, 'workers' | 'engine'>, { cwd, engineFolder, decoderFolder, threadFile, featureBytes }: ThreadsPlace): Promise<Threads>;
/** The threads of a run: started when a job is large enough for them, and used for all jobs that follow. */
export declare class Threads {
    private readonly asked;
    private readonly setup;
    /** How many there are at most. */
    readonly count: number;
    /** What the threads did for all jobs that are closed. */
    readonly work: ThreadWork;
    private readonly featureBytes;
    private remotes;
    constructor(asked: number | undefined, setup: ThreadsPlace & {
        engine: EngineName;
    });
    /** Puts the data in front of the net, on this thread or on several. */
    start(parts: Parts, data: readonly SplitData[]): Promise<Started>;
    /** Ends all threads, whatever they are at. */
    stop(): Promise<void>;
    private startHere;
    private startRemote;
    private add;
}
