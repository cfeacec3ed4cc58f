import * as tf from '@tensorflow/tfjs-core';
import type { Call, Layer, Model } from '../../models/net.ts';
import type { Weights } from '../kernels/layers.ts';
/** Activations whose answers, far from 0, are differences of larger terms: as scores, too, libraries tell them apart otherwise. */
export declare const cancels: (activation: string) => boolean;
/** The sizes of the terms that an approximated answer `y` of a layer to `x` is computed from: where they cancel, libraries answer otherwise. */
export declare function termsOf(activation: unknown, x: tf.Tensor, y: tf.Tensor, layer: Layer | null): tf.Tensor;
export declare const turnOf: ({ options }: Layer) => number;
/** What a layer clamps its numbers to, if it does that alone, behind its sums. */
export declare function clampOf({ className, options }: Layer): readonly [least: number, most: number] | null;
/** Where a layer breaks that answers each number by straight lines; null of all other layers. */
export declare function kinksOf({ className, options }: Layer): number[] | null;
export declare const approximates: ({ className, options }: Layer) => boolean;
/**
 * Weights that make each term as large as it is; a mean is taken away, so its size is added by a negative one. One of
 * the smallest numbers, which may be lost, is told as a larger one.
 */
export declare function absolute(weights: Weights): Weights;
/** The same for numbers that stand in the options. */
export declare function optionSizes({ scale, offset, mean }: Record<string, unknown>): Record<string, unknown>;
/** How many terms are added up for one number of a layer's answer. */
export declare function termsIn({ layer: { className, options } }: Call, given: tf.Tensor[], weights: Weights): number;
/** What all Rescaling layers of a net may multiply a number by. */
export declare const growthIn: ({ calls }: Model) => number;
/** Whether a layer multiplies single numbers by powers of two, and does nothing else. */
export declare const isExact: ({ className, weights }: Layer) => boolean;
export declare function constantsZero(weights: Weights): Weights;
/** The same for numbers that stand in the options. */
export declare function withoutConstants({ offset, mean }: Record<string, unknown>): Record<string, unknown>;
