import type { Config, EngineName } from '../../settings/config.ts';
import type { Parts } from '../parts.ts';
import { type Phase } from '../phases.ts';
import type { Split } from '../split.ts';
import { type SplitData } from '../../data/splits.ts';
import { Remote, type ThreadSetup } from './remote.ts';
/** Splits in front of a net; `close` releases what the threads hold of them. */
export interface Started {
    splits: Split[];
    close: () => Promise<void>;
}
/** A net alone on a thread. */
export interface StartedNet {
    /** The classes that it answers to `count` images, N,H,W,C in row-major order. Throws `output-not-finite`. */
    classes: (images: Float32Array, count: number) => Promise<Int32Array>;
    close: () => Promise<void>;
}
/** Where threads run. */
export interface ThreadsPlace extends Omit<ThreadSetup, 'engine'> {
    /** The file that they run. */
    threadFile: string;
    /** Bytes of features that all threads together keep in memory between ranking and sweep (128 MB unless given); more go to a temporary file. */
    featureBytes?: number;
    /** Ends the threads at once, also inside a batch; its reason is thrown. */
    signal?: AbortSignal;
}
/** How many threads computed, at most at once, and the seconds of them all by phase. */
export interface ThreadWork {
    threads: number;
    seconds: Record<Phase, number>;
}
/** The threads that the settings ask for, the first of them on its way. Throws `engine-unavailable`. */
export declare function openThreads({ workers, engine }: Pick<Config, 'workers' | 'engine'>, { cwd, engineFolder, decoderFolder, threadFile, featureBytes, signal }: ThreadsPlace): Promise<Threads>;
/**
 * The threads of a run: as many as a job is large enough for, and used for all jobs that follow. Whatever computes does so on them and never on
 * this thread, which hears a Ctrl-C and the end of the time budget and ends them.
 */
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
    /** Starts as many threads as are missing, so that they are there when the first job is. Throws the signal's reason where an end was asked for. */
    prepare(count: number): Remote[];
    /** Puts the data in front of the net, on one thread or on several. */
    start(parts: Parts, data: readonly SplitData[]): Promise<Started>;
    /** Puts the net alone on a thread. */
    startNet(parts: Parts): Promise<StartedNet>;
    /** Ends all threads, whatever they are at. */
    stop(): Promise<void>;
    private readonly abort;
    private open;
    /** Lets go of a job. Where a thread was lost on it, the others may still be at work for it: the next job gets new ones. */
    private close;
    private add;
}
