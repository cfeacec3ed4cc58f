import type { Reversal, ReversalSettings } from './reverse.ts';
/** How far a search for a trigger is. */
export interface SearchState {
    /** The steps that it made. */
    steps: number;
    /** Its parameters, and both moments of each. */
    numbers: Float64Array;
    /** What is left of the moments' beginnings. */
    powers: [number, number];
    lambda: number;
    /** The success of each step since it was last looked at, and their mean then. */
    successes: number[];
    lastSuccess: number;
    best: Reversal | null;
}
/** Where numbers go that are more than the memory should hold. */
export interface NumberFile {
    put(key: string, numbers: Float32Array): void;
    /** The numbers of `key`, once; undefined if it has none. */
    take(key: string): Float32Array | undefined;
}
/** Searches of one series that stopped, by class. They go on as if they had not. */
export declare class PausedSearches {
    private series;
    private readonly states;
    private readonly numbers;
    /** Their numbers stay in memory where there is no file for them. */
    constructor(file: NumberFile | null);
    /** The search for a class, once; null where none stopped here that has some of the steps still to make. */
    take({ series, target, steps }: ReversalSettings): SearchState | null;
    /** Keeps a search that is to go on. */
    put({ series, target }: ReversalSettings, { numbers, ...state }: SearchState): void;
}
