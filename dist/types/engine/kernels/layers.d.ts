import * as tf from '@tensorflow/tfjs-core';
import type { Layer, Shape } from '../../models/net.ts';
export type Weights = Record<string, tf.Tensor>;
type Options = any;
type Kernel = (inputs: tf.Tensor[], options: Options, weights: Weights, shape: Shape) => tf.Tensor;
/** The largest factor that makes vectors close to 0 longer. Source: `normalize` in keras/src/ops/nn.py. */
export declare const longest = 10000000;
/** The vectors along `axis` made of length 1. */
export declare function unitVectors(x: tf.Tensor, axis: number): tf.Tensor;
/** Weights as the kernels compute with them fastest: once for a net, in place of once for each call. */
export declare function forKernels({ className, options }: Pick<Layer, 'className' | 'options'>, weights: Weights): Weights;
/** What each layer class computes. Inputs and output carry the batch axis first; `shape` is the output's without it. */
export declare const kernels: Record<string, Kernel>;
export {};
