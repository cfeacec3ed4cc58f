import * as tf from '@tensorflow/tfjs-core';
import { type Edits, type Model, type Weight } from '../../models/net.ts';
/** Of what gradients are asked for. */
export interface Wanted {
    weights: boolean;
    input: boolean;
}
/** Gradients of a pass, summed over its images: of weights by their path, and of the input. The caller releases them. */
export interface Gradients {
    weights: Map<string, tf.Tensor>;
    input: tf.Tensor | null;
}
/** A net forward and back on the engine of this thread: what its answers at some calls owe to its weights and its input. */
export declare class Passes {
    private readonly model;
    private readonly ends;
    private readonly wanted;
    /** The weights that are trained, in the order of the net. */
    readonly trained: readonly Weight[];
    /** How many images a pass takes at once. */
    readonly most: number;
    private readonly calls;
    /** The tensors through which the gradients flow. */
    private readonly flows;
    private readonly held;
    /** `ends` are ids of elementary calls, `edits` weights that differ from the file's. Throws `no-gradient`. */
    constructor(model: Model, ends: readonly string[], wanted: Wanted, edits?: Edits);
    /** The tensor of a weight, which a step of training changes. */
    weight(path: string): tf.Tensor;
    /**
     * Computes `count` images, and back from the gradients that `slopes` makes of the answers at the ends, row-major.
     * Throws `engine-failed`.
     */
    run(images: Float32Array, count: number, slopes: (answers: Float32Array[]) => Float32Array[]): Gradients;
    dispose(): void;
    private forward;
    /** Takes the gradient of what `call` answered, and adds to those of what it was given and of its weights. */
    private back;
    private weightsOf;
}
