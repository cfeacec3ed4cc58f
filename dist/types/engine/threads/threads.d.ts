import type { Config, EngineName } from '../../settings/config.ts';
import { CalledThread } from '../../base/called-thread.ts';
import { type Evaluator, type EvaluatorPlace, type Load, type Opened, type Work } from '../evaluator.ts';
import type { Parts } from '../parts.ts';
import type { SplitData } from '../../data/splits.ts';
/** What a thread is started with. */
export type ThreadSetup = Pick<EvaluatorPlace, 'cwd' | 'assets'> & {
    engine: EngineName;
};
/** The threads that the settings ask for, on their way as far as the data is surely large enough for them. Throws `engine-unavailable` or `no-simd`. */
export declare function openThreads({ workers, engine }: Pick<Config, 'workers' | 'engine'>, { cwd, assets, featureBytes, dataBytes, signal }: EvaluatorPlace): Promise<Evaluator>;
/**
 * The threads of a run: as many as a job is large enough for, and used for all jobs that follow. Whatever computes does so on them and never on
 * this thread, which hears a Ctrl-C and the end of the time budget and ends them.
 */
export declare class Threads implements Evaluator {
    private readonly asked;
    private readonly setup;
    /** How many there are at most. */
    readonly count: number;
    /** What the threads did for all jobs that are closed. */
    readonly work: Work;
    private readonly featureBytes;
    private threads;
    private jobs;
    constructor(asked: number | undefined, setup: EvaluatorPlace & {
        engine: EngineName;
    });
    /** Starts as many threads as are missing, so that they are there when the first job is. Throws the signal's reason where an end was asked for. */
    prepare(count: number): CalledThread[];
    /** Puts the data in front of the net, on one thread or on several. */
    open(parts: Parts, data: readonly SplitData[], { long, chunks }?: Load): Promise<Opened>;
    /** How many threads so many chunks are for, and so many works that take long. */
    countFor(chunks: number, long?: number): number;
    /** Ends all threads, whatever they are at. */
    stop(): Promise<void>;
    private readonly abort;
    private start;
    /** Lets go of a job. Where a thread was lost on it, the others may still be at work for it: the next job gets new ones. */
    private close;
    private add;
}
