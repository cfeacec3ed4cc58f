import type { Chunks } from './chunks.ts';
/** The classes that the original and the pruned net answer for one image. */
export interface Answer {
    image: number;
    original: number;
    pruned: number;
}
/** Answers for 128 images before and after pruning `pruned`, in 4 runs spread over the dataset, or for all where there are fewer. Runs that `signal` aborts throw its reason. */
export declare function sampledAnswers(chunks: Chunks, pruned: Int32Array, signal?: AbortSignal): Promise<Answer[]>;
