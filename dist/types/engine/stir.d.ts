import * as tf from '@tensorflow/tfjs-core';
import type { Call } from '../keras/model.ts';
import type { Computing } from './graph.ts';
import { type Weights } from './kernels/layers.ts';
/**
 * Computes layers of a net with their rounding stirred. Every float32 sum, in whatever order, is the exact one up to a small share of the sum of its
 * terms' sizes; here each is moved by a random amount of that kind. Zeros stay zeros. The same images are moved alike, whatever batch they come in.
 * Source of the bound: N. J. Higham, "Accuracy and Stability of Numerical Algorithms", 4.2.
 */
export declare class Stir implements Computing {
    private readonly first;
    private readonly output;
    private draws;
    /** `first` is the number of the batch's first image, `output` the call that yields the scores. */
    constructor(first: number, output: string);
    /** What `call` answers, stirred. */
    compute({ id, layer, shape }: Call, given: tf.Tensor[], weights: Weights): tf.Tensor;
    /** y, each element moved by a random share of `sizes`. */
    private moved;
    private noise;
}
