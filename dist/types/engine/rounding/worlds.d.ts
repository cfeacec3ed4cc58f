import * as tf from '@tensorflow/tfjs-core';
import type { Stream } from './salt.ts';
/**
 * How many errors are followed side by side; in so many of them the numbers of a layer are off alike; and in so many,
 * the last ones, it is followed how far bent answers leave a straight line.
 */
export declare const worlds = 7, alike = 2, bent = 3;
/** A number at random from 32 bits. */
export type Chance = (drawn: number) => number;
/** Spread evenly between so far below and above 0 numbers have a mean square of 1. */
export declare const evenly: Chance;
/** Cauchy's distribution of scale 1: however many meet in a sum, it is spread as if each were 1 and none cancelled. */
export declare const cauchy: Chance;
/**
 * How errors arise in the last worlds: those of which it is followed how far a bent answer leaves a straight line, and
 * none where only that is.
 */
export declare const followed: readonly Chance[], untouched: readonly null[];
/** Images side by side whose errors are drawn alike, and the stream that draws them. */
export interface Drawn {
    images: number;
    next: Stream;
}
/**
 * Errors [worlds * images, ...] of these `sizes` [images, ...], and those `before`: in the first world all are upwards;
 * in some a layer's are as chance has it for all of them; in the others for each number, in the `last` ones by chances
 * of their own. Alike for all images of a group.
 */
export declare function signed(sizes: tf.Tensor, groups: readonly Drawn[], chance: Chance, before: tf.Tensor | null, last?: readonly (Chance | null)[]): tf.Tensor;
/**
 * Errors `before`, and in the last worlds these `sizes` [bent * images, ...] up or down for each number, alike for all
 * images of a group.
 */
export declare function signedLast(sizes: tf.Tensor, groups: readonly Drawn[], chance: Chance, before: tf.Tensor): tf.Tensor;
/** A tensor [images, ...] for each world. */
export declare const wide: (tensor: tf.Tensor) => tf.Tensor;
/** The largest errors [images, ...] of all worlds. */
export declare function largest(errors: tf.Tensor): tf.Tensor;
/** The last worlds of a tensor [worlds * images, ...], in which a bent answer is followed. */
export declare const lastOf: (tensor: tf.Tensor) => tf.Tensor;
