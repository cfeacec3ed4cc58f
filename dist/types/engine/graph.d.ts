import * as tf from '@tensorflow/tfjs-core';
import type { Call, Layer } from '../keras/model.ts';
import { type Weights } from './kernels/layers.ts';
/** The net's weights as tensors, created once and held until `dispose`. */
export declare class WeightTensors {
    private readonly byLayer;
    of(layer: Layer): Weights;
    dispose(): void;
}
/**
 * Runs `calls` in order on the `known` tensors and answers those in `wanted`.
 * Takes over `known`: each tensor is released after its last reader. The caller releases the answers.
 */
export declare function runCalls(calls: readonly Call[], known: Map<string, tf.Tensor>, wanted: readonly string[], weights: WeightTensors): tf.Tensor[];
