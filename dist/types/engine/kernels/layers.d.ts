import * as tf from '@tensorflow/tfjs-core';
import type { Shape } from '../../models/net.ts';
export type Weights = Record<string, tf.Tensor>;
type Options = any;
type Kernel = (inputs: tf.Tensor[], options: Options, weights: Weights, shape: Shape) => tf.Tensor;
/** What each layer class computes. Inputs and output carry the batch axis first; `shape` is the output's without it. */
export declare const kernels: Record<string, Kernel>;
export {};
