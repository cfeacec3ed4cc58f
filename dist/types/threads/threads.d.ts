import type { Config } from '../config.ts';
import type { Parts } from '../engine/parts.ts';
import type { Split } from '../defense/sweep.ts';
import { type SplitData } from '../splits.ts';
import { type ThreadSetup } from './remote.ts';
/** Splits in front of a net; `close` releases what the threads hold of them. */
export interface Started {
    splits: Split[];
    close: () => Promise<void>;
}
type Place = Omit<ThreadSetup, 'engine'> & {
    threadFile: string;
};
/** The threads that the settings ask for. Throws `engine-unavailable`. */
export declare function openThreads({ workers, engine }: Pick<Config, 'workers' | 'engine'>, { cwd, engineFolder, decoderFolder, threadFile }: Place): Promise<Threads>;
/** The threads of a run: started when a job is large enough for them, and used for all jobs that follow. */
export declare class Threads {
    private readonly asked;
    private readonly setup;
    /** How many there are at most. */
    readonly count: number;
    private readonly remotes;
    constructor(asked: number | undefined, setup: ThreadSetup & {
        threadFile: string;
    });
    /** Puts the data in front of the net, on this thread or on several. */
    start(parts: Parts, data: readonly SplitData[]): Promise<Started>;
    /** Ends all threads, whatever they are at. */
    stop(): Promise<void>;
    private startHere;
    private startRemote;
}
export {};
