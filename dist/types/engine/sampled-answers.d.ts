import type { Chunks } from './chunks.ts';
/** The classes that the original and the pruned net answer for one image. */
export interface Answer {
    image: number;
    original: number;
    pruned: number;
}
/**
 * Answers for 128 images, in 4 runs spread over the dataset, or for all where there are fewer: those of the original
 * net, and of a net with `pruned` pruned, which may be the same. Runs that `signal` aborts throw its reason.
 */
export declare function sampledAnswers(whole: Chunks, chunks: Chunks, pruned: Int32Array, signal?: AbortSignal): Promise<Answer[]>;
