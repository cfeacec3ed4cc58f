import type { SplitData } from '../data/splits.ts';
import { type ChunkWorker, type Counter } from './chunks.ts';
import type { Parts } from './parts.ts';
import type { Phase } from './phases.ts';
import type { Split } from './split.ts';
/** What computes nets: this thread, threads of this machine, or another machine. */
export interface Evaluator {
    /** How many compute at once, at most. */
    readonly count: number;
    /** What was done for all nets that are closed. */
    readonly work: Work;
    /** The evaluators on other machines that were asked; none where all is computed here. */
    readonly used?: readonly Used[];
    /** How it goes on with them. */
    readonly elsewhere?: Elsewhere;
    /** Puts data in front of a net cut in two. It is to stay open until the answer is closed. */
    open(parts: Parts, data: readonly SplitData[], load?: Load): Promise<Opened>;
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
    workers: WorkersOf;
    close: () => Promise<void>;
}
/** An evaluator on another machine: how many chunks it answered, and how many of them were computed again here. */
export interface Used {
    url: string;
    /** Of goodnet there. */
    version: string;
    chunks: number;
    checked: number;
}
/** Evaluators on other machines: how many there are, how many of them answer, and what came of asking so far. */
export interface Elsewhere {
    of: number;
    answering: number;
    /** Chunks that they answered. */
    chunks: number;
    /** Tries that came to nothing. */
    retries: number;
}
/** What there is to compute for data in front of a net. */
export interface Load {
    /** Searches for triggers, or parts of a training's batches: each keeps one of those busy that compute. */
    long?: number;
    /** Chunks that are computed, where not all are. */
    chunks?: number;
    /** Whether of all images only sums and tallies are asked for. */
    isCounted?: boolean;
}
/** Who works on a dataset: that of this place in its split, where the clean images stand first. */
export type WorkersOf = (split: number, dataset: number) => readonly ChunkWorker[];
export type CountersOf = (split: number, dataset: number) => readonly Counter[];
/** How many computed, at most at once, and the seconds of them all by phase. */
export interface Work {
    threads: number;
    seconds: Record<Phase, number>;
}
/** The splits in chunks for those that `workers` answers; others may make the sums and tallies. */
export declare function inChunks(parts: Parts, data: readonly SplitData[], workers: WorkersOf, counters?: CountersOf): Split[];
/** How many chunks the data makes. */
export declare const chunksIn: (parts: Parts, data: readonly SplitData[]) => number;
