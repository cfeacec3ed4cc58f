import * as tf from '@tensorflow/tfjs-core';
import type { Call, Layer } from '../models/net.ts';
import { Bounds, type Runtime } from './bounds.ts';
import { type Weights } from './kernels/layers.ts';
/**
 * The weights of the net in `file` as tensors, and bounds of what is computed with them. Kernels of products are held
 * as these take them.
 */
export declare class WeightTensors {
    readonly file: string;
    private readonly byLayer;
    readonly bounds: Bounds;
    /** `calls` are all those of the net. */
    constructor(file: string, calls: readonly Call[], runtime?: Runtime);
    /** For kernels, created once and held until `dispose`. */
    of(layer: Layer): Weights;
    dispose(): void;
}
/** How a call is computed. */
export interface Computes {
    compute(call: Call, given: tf.Tensor[], weights: Weights): tf.Tensor;
}
/**
 * The same with every layer computed in another way, up to where a net depends on the channels that are off, and on
 * from there for each list of them.
 */
export interface Computing extends Computes {
    branch(off: Int32Array): Computing;
    /** For each image whether its class stands, whatever rounding makes of its scores, row-major with `outputs` a row. */
    decided?(scores: Float32Array, outputs: number): boolean[];
    /** Releases what it holds between calls. */
    dispose?(): void;
}
/**
 * Runs `calls` in order on the `known` tensors and answers those in `wanted`, each as `computing` does it. Takes over
 * `known`: each tensor is released after its last reader. The caller releases the answers. Throws `engine-failed` and
 * `output-not-finite`.
 */
export declare function runCalls(calls: readonly Call[], known: Map<string, tf.Tensor>, wanted: readonly string[], weights: WeightTensors, computing?: Computes): tf.Tensor[];
/**
 * What the engine answers for a layer of the net in `file`. What it throws or prints meanwhile is a failure; TensorFlow
 * throws, and prints what is none.
 */
export declare function computed<T>(file: string, { name, className }: Pick<Layer, 'name' | 'className'>, work: () => T): T;
