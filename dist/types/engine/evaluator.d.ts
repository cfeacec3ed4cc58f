import type { SplitData } from '../data/splits.ts';
import { type ChunkWorker } from './chunks.ts';
import type { Parts } from './parts.ts';
import type { Phase } from './phases.ts';
import type { Split } from './split.ts';
/** What computes nets: this thread, threads of this machine, or another machine. */
export interface Evaluator {
    /** How many compute at once, at most. */
    readonly count: number;
    /** What was done for all nets that are closed. */
    readonly work: Work;
    /**
     * Puts data in front of a net cut in two. It is to stay open until the answer is closed. `long` is how many trainings
     * or searches for triggers there will be at once: each keeps one of those busy that compute.
     */
    open(parts: Parts, data: readonly SplitData[], long?: number): Promise<Opened>;
    /** Ends all that is computed, whatever it is at. */
    stop(): Promise<void>;
}
/** What evaluators need of the world around them. */
export interface EvaluatorPlace {
    /** Folder that relative paths start from. */
    cwd: string;
    /** Folder of the threads' bundle and of the .wasm files, with a slash at its end. */
    assets: string;
    /** Bytes of features that all threads together keep in memory between ranking and sweep (128 MB unless given); more go to a temporary file. */
    featureBytes?: number;
    /** Bytes of all data that is to come, where they are known: what surely computes it starts at once. */
    dataBytes?: number;
    /** Ends all that is computed at once, also inside a batch; its reason is thrown. */
    signal?: AbortSignal;
}
/** Splits in front of a net: sums, tallies and answers of their images. `close` releases what is held of them. */
export interface Opened {
    splits: Split[];
    close: () => Promise<void>;
}
/** How many computed, at most at once, and the seconds of them all by phase. */
export interface Work {
    threads: number;
    seconds: Record<Phase, number>;
}
/** The splits in chunks for those that `workers` answers: who works on the dataset of this place in this split. */
export declare function inChunks(parts: Parts, data: readonly SplitData[], workers: (split: number, dataset: number) => readonly ChunkWorker[]): Split[];
/** How many chunks the data makes. */
export declare const chunksIn: (parts: Parts, data: readonly SplitData[]) => number;
