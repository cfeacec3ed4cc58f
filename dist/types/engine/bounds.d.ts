import type * as tf from '@tensorflow/tfjs-core';
import { type Call } from '../models/net.ts';
/** What runs a net that goodnet has scored. */
export type Runtime = 'TensorFlow' | 'onnxruntime';
/**
 * Upper bounds of the magnitudes in every tensor of a net, for all images that it has computed so far. They say where a number could overflow:
 * what becomes of infinities and of NaN differs from library to library, so a net whose scores may come of them is refused.
 * Bounds follow from the layers' weights; a tensor is measured only where they do not suffice.
 */
export declare class Bounds {
    private readonly file;
    private readonly runtime;
    private readonly known;
    /** The largest product of some of the factors of each tensor that is a product; null where it is one factor. */
    private readonly products;
    /** What is one of several numbers of a tensor, which others may be multiplied with. */
    private readonly chosen;
    private readonly reaches;
    /** What is multiplied again, by layers behind it. */
    private readonly multiplied;
    /** `calls` are all those of the net in `file`; `runtime`: what multiplies their factors in another order. */
    constructor(file: string, calls: readonly Call[], runtime: Runtime);
    /** Holds the values that a tensor gets from outside, too. */
    include(id: string, values: Float32Array): void;
    /** Bounds what `call` answers to `given`. Throws `output-not-finite` where its numbers may not be finite. */
    follow(call: Call, given: readonly tf.Tensor[]): void;
    /** Follows the factors of products, `last` the reciprocal of a divisor. Throws `output-not-finite`, too. */
    private multiply;
    private widen;
    private reachOf;
}
