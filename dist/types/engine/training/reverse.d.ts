import type { Edits, Model } from '../../models/net.ts';
import type { Examples } from './train.ts';
import { type PixelRange, type ReversedTrigger } from './trigger-gradients.ts';
export interface ReversalSettings {
    /** The class that the trigger is to make the net answer. */
    target: number;
    steps: number;
    range: PixelRange;
    /** Weights that differ from the file's. */
    edits?: Edits;
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
 * What is found depends on net, images, class and settings alone. Throws `no-gradient`, `few-images` and `engine-failed`.
 */
export declare function reverse(model: Model, examples: Examples, settings: ReversalSettings): Promise<Reversal>;
