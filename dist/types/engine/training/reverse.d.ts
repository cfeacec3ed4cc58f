import type { Edits, Model } from '../../models/net.ts';
import type { PausedSearches } from './paused-searches.ts';
import type { Examples } from './train.ts';
import { type PixelRange, type ReversedTrigger } from './trigger-gradients.ts';
export interface ReversalSettings {
    /** The class that the trigger is to make the net answer. */
    target: number;
    steps: number;
    range: PixelRange;
    /** Weights that differ from the file's. */
    edits?: Edits;
    /** The series of searches that this is one of, where it is to go on later: see `PausedSearches`. */
    series?: number;
}
/** A trigger that was found for a class. */
export interface Reversal extends ReversedTrigger {
    /** The sum of the mask. */
    l1: number;
    /** The mean success of the ten steps before it was found. */
    success: number;
    /** Whether so many images were given the class that it counts. */
    reached: boolean;
}
/**
 * Reverses a trigger for one class: the smallest mask whose pattern makes the net answer that class to images of others.
 * What is found depends on net, images, class and settings alone, also where a search goes on that was `paused`. Throws
 * `no-gradient`, `few-images` and `engine-failed`.
 */
export declare function reverse(model: Model, examples: Examples, settings: ReversalSettings, paused?: PausedSearches | null): Promise<Reversal>;
