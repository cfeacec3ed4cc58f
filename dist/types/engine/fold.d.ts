import * as tf from '@tensorflow/tfjs-core';
import type { Call } from '../keras/model.ts';
import type { Computing } from './graph.ts';
import { type Weights } from './kernels/layers.ts';
/**
 * Joins the numbers of Rescaling layers that follow one another or meet in a sum, and equal terms of a sum, as TensorFlow's graph optimizer does in
 * `predict` (`constant_folding.cc`, `arithmetic_optimizer.cc`): `x + a - a` is x there; computed layer by layer it is what float32 leaves of x beside a.
 */
export declare class Fold implements Computing {
    private readonly changed;
    private readonly known;
    /** `changed` is a tensor whose values are not what its call answers; null if there is none. */
    constructor(changed: string | null);
    compute({ id, layer, inputs, shape }: Call, given: tf.Tensor[], weights: Weights): tf.Tensor;
    dispose(): void;
    private operand;
    /** What a layer makes of its operands; null if it only computes. */
    private joined;
}
