import * as tf from '@tensorflow/tfjs-core';
import type { ActivationName } from '../../models/layers/activation.ts';
/** What each activation computes, element by element (softmax and log_softmax: along the last axis). */
export declare const activations: Record<ActivationName, (x: tf.Tensor) => tf.Tensor>;
/** On TensorFlow its own operations are what the others follow. */
export declare const onTensorflow: () => boolean;
export interface ReluOptions {
    max_value: number | null;
    negative_slope: number;
    threshold: number;
}
/** Keras's ReLU: max_value above it, x between threshold and it, negative_slope * (x - threshold) up to the threshold itself. */
export declare function relu(x: tf.Tensor, { max_value, negative_slope, threshold }: ReluOptions): tf.Tensor;
/** x above 0, alpha * (e^x - 1) below. */
export declare function elu(x: tf.Tensor, alpha: number): tf.Tensor;
