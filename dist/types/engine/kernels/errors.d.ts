import * as tf from '@tensorflow/tfjs-core';
import { type KernelMemory } from './engine-memory.ts';
/**
 * How many errors of a number are followed side by side; and in so many, the last ones, it is followed how far bent
 * answers leave a straight line.
 */
export declare const worlds = 7, bent = 3;
/**
 * What is drawn for some images side by side, alike for all of them: two keys, by which each number has its own, and
 * what all numbers of a layer have in one of the worlds.
 */
export interface Drawn {
    images: number;
    keys: readonly [number, number];
    one: number;
}
/** Errors [worlds * images, ...], and the largest sizes of them [images, ...]. */
export interface Errors {
    errors: tf.Tensor;
    most: tf.Tensor;
}
/** Gives an engine, which has been started, the kernels of this file, which compute in this memory. */
export declare function registerErrors(memory: KernelMemory): void;
/**
 * Errors `before`, and `share` of these sizes [images, ...], and `flushed` where there are any: upwards; by what is
 * drawn for all of them; twice by Cauchy's distribution; upwards; twice up or down.
 */
export declare const addRoundings: (sizes: tf.Tensor, share: number, flushed: number, before: tf.Tensor | null, drawn: readonly Drawn[]) => Errors;
/**
 * Errors `before`, and what bends make of them: `untold` [images, ...] upwards, by what is drawn for all of them, and
 * twice spread evenly; in the last worlds `bows` [bent * images, ...] by Cauchy's distribution.
 */
export declare const addBends: (untold: tf.Tensor, bows: tf.Tensor, before: tf.Tensor, drawn: readonly Drawn[]) => Errors;
/** What becomes of the errors of `x` behind a clamp between `least` and `highest`. */
export declare const clampErrors: (x: tf.Tensor, [least, highest]: readonly [number, number], errors: tf.Tensor, drawn: readonly Drawn[]) => Errors;
/** The largest sizes [images, ...] of errors. */
export declare const largestOf: (errors: tf.Tensor) => tf.Tensor;
/** A size of which two multiply to a normal number. */
export declare const leastSize: number;
/** Sizes, at least `leastSize` but for 0. */
export declare const sizesOf: (x: tf.Tensor) => tf.Tensor;
/** Numbers below the smallest normal float32 made 0, as TensorFlow's threads and many GPUs make them. */
export declare const flushed: (x: tf.Tensor) => tf.Tensor;
/** The largest size of each image's numbers [images, ...]; what is no number is larger than all. */
export declare const largestOfEach: (x: tf.Tensor) => Float32Array;
