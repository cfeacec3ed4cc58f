import type * as tf from '@tensorflow/tfjs-core';
import type { Call } from '../models/net.ts';
/**
 * Upper bounds of the magnitudes in every tensor of a net, for all images that it has computed so far. They say where a number could overflow:
 * what becomes of infinities and of NaN differs from library to library, so a net whose scores may come of them is refused.
 * Bounds follow from the layers' weights; a tensor is measured only where they do not suffice.
 */
export declare class Bounds {
    private readonly file;
    private readonly known;
    private readonly reaches;
    constructor(file: string);
    /** Holds the values that a tensor gets from outside, too. */
    include(id: string, values: Float32Array): void;
    /** Bounds what `call` answers to `given`. Throws `output-not-finite` where its numbers may not be finite. */
    follow({ id, layer, inputs }: Call, given: readonly tf.Tensor[]): void;
    private widen;
    private reachOf;
}
