import type { Edits, Model } from '../../models/net.ts';
import type { Progress } from '../chunks.ts';
import type { Member } from './exchange.ts';
import { type ReversedTrigger } from './trigger-gradients.ts';
/** Images with their true labels, which are looked at in any order. */
export interface Examples {
    labels: Int32Array;
    /** Some images by number as the net takes them, row-major, in an array of their own. */
    images(numbers: Int32Array): Float32Array;
}
/** Images of one step, or some of them, with their labels. */
export interface Batch {
    images: Float32Array;
    labels: Int32Array;
    /** How many the step takes: losses and gradients are shares of its means. */
    among: number;
}
export interface TrainingSettings {
    /** The images that train, by number. */
    images: Int32Array;
    steps: number;
    rate: number;
    /** What batches are drawn with. */
    seed: number;
    /** Weights that differ from the file's at the start. */
    from?: Edits;
    /** By path: for each weight 1, or 0 where it stays as it is. */
    masks?: ReadonlyMap<string, Float32Array>;
    /** Stamped in turn on the first half of each batch, whose labels stay the true ones. */
    triggers?: readonly ReversedTrigger[];
}
/** What training made of a net; of members, the first tells the weights, and each its shares of the losses. */
export interface Trained {
    /** The new values of all weights that were trained, and those that it started from. */
    weights: Edits;
    /** The mean loss of each step, before it. It is no number where the training went astray. */
    losses: Float64Array;
}
/**
 * Trains a net by Adam on the cross entropy of its logits. Statistics of normalizations and layers that are not to be
 * trained stand. Tells of the images of each step, of which a short batch counts as a whole one. A `member` computes its
 * share of each batch, and ends early where another one left. Throws `no-gradient` and `engine-failed`.
 */
export declare function train(model: Model, examples: Examples, settings: TrainingSettings, member?: Member | null, progress?: Progress): Promise<Trained>;
