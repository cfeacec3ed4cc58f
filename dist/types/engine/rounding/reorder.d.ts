import * as tf from '@tensorflow/tfjs-core';
import type { Call } from '../../models/net.ts';
import type { Computing } from '../graph.ts';
import { type Weights } from '../kernels/layers.ts';
/**
 * Computes sums of a net in another order: channels in one of `orders`, the bias at the end, as Keras adds it, and a
 * normalization as Keras writes it, `x a + (b - m a)`; and denormal numbers are 0. What comes out is what another
 * library may answer, rounding and all.
 */
export declare class Reorder implements Computing {
    private readonly order;
    /** Whether products are of numbers cut to 10 bits, as a GPU's TF32 has them. */
    private readonly cuts;
    /** `number` picks one of the orders. */
    constructor(number: number);
    branch(): this;
    compute(call: Call, given: tf.Tensor[], weights: Weights): tf.Tensor;
    private inOrder;
    /** The input's channels and the kernels' in another order. */
    private turned;
}
