import * as tf from '@tensorflow/tfjs-core';
import type { ActivationName } from '../../models/layers/activation.ts';
import { type ReluOptions } from './activation.ts';
/** The gradient of what an activation was given: dy is that of its answer y to x. At a kink it is TensorFlow's. */
export type ActivationGradient = (dy: tf.Tensor, x: tf.Tensor, y: tf.Tensor) => tf.Tensor;
/** y * (dy - sum of dy * y) along the last axis. */
export declare const softmaxGradient: (dy: tf.Tensor, y: tf.Tensor) => tf.Tensor;
export declare const activationGradients: Record<ActivationName, ActivationGradient>;
/** The gradient through a ReLU layer: 1 above threshold, negative_slope up to it, 0 where max_value is reached. */
export declare function reluGradient(dy: tf.Tensor, x: tf.Tensor, y: tf.Tensor, { max_value, negative_slope, threshold }: ReluOptions): tf.Tensor;
/** The gradient through ELU: 1 above 0, alpha * e^x below. */
export declare const eluGradient: (dy: tf.Tensor, x: tf.Tensor, alpha: number) => tf.Tensor;
