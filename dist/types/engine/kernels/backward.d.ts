import * as tf from '@tensorflow/tfjs-core';
import { type Weights } from './layers.ts';
type Options = any;
/** A call that was computed: what it was given, and its answer y. */
export interface Computed {
    inputs: readonly tf.Tensor[];
    y: tf.Tensor;
    options: Options;
    weights: Weights;
}
/** The way back through a layer, from the gradient dy of its answer. */
export interface Backward {
    /** dy behind an activation that is computed along; dy itself where there is none. */
    behind?(dy: tf.Tensor, computed: Computed): tf.Tensor;
    /** The gradients of what it was given. */
    inputs(dy: tf.Tensor, computed: Computed): tf.Tensor[];
    /** The gradients of its weights that can be trained, by name; none where it has none. */
    weights?(dy: tf.Tensor, computed: Computed): Weights;
}
/** The way back through each layer that does one thing (see `elementary`). */
export declare const backward: Partial<Record<string, Backward>>;
export {};
