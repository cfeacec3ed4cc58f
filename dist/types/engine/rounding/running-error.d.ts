import * as tf from '@tensorflow/tfjs-core';
import { type Call } from '../../models/net.ts';
import type { Computing } from '../graph.ts';
import { type Weights } from '../kernels/layers.ts';
import type { Parts } from '../parts.ts';
import { type ImagesOfTrial } from './worlds.ts';
/** How many times as large as one rounding a library's error may be. */
export declare const reach = 32;
/**
 * Carries beside each tensor what rounding may have done to it: a running error analysis, with signs. Each float32 sum
 * is off by a share of the sizes of its terms, up or down, and `reach` times as much is followed; sums hand errors on
 * with their weights, all else by what it answers on either side, so that a gate which only one exact value opens
 * counts as open where the error reaches that value. An image whose two best scores lie closer than that has no class.
 * Source: N. J. Higham, "Accuracy and Stability of Numerical Algorithms", 3.3 and 4.2.
 */
export declare class RunningError implements Computing {
    private readonly parts;
    private readonly groups;
    private readonly off;
    private readonly errors;
    /**
     * The sizes of the terms that meet in Add and Subtract layers one behind the other, which a library may add in
     * another order.
     */
    private readonly added;
    /** How many calls still read a tensor. */
    private readonly readers;
    /** Images of a batch whose errors went out of bounds. */
    private readonly lost;
    private readonly flushed;
    private draws;
    /**
     * The net of `parts` with the channels `off` at the cut off, in front of images of these trials, whose errors are
     * others for each `draw`.
     */
    constructor(parts: Parts, groups: readonly ImagesOfTrial[], draw?: number, off?: Int32Array);
    branch(off: Int32Array): RunningError;
    compute(call: Call, given: tf.Tensor[], weights: Weights): tf.Tensor;
    /** For each image whether its class stands, whatever the errors make of its `scores`. */
    decided(scores: Float32Array, outputs: number): boolean[];
    /** Errors that are no numbers any more, or too large for one, could be anything: their images have no class. */
    private lose;
    private release;
    /** What `id`, which is still read, may be off by in each of the worlds. */
    errorsOf(id: string): Float32Array[];
    dispose(): void;
    private followed;
    /** Its two convolutions, each with its own rounding. */
    private separable;
    /** Two by two, as libraries multiply. */
    private multiplied;
    /** Sums of products of two tensors. */
    private dotted;
    /**
     * Vectors along `axis` made of length 1, whose errors are those across them, and more along them. Below a length of
     * 1e-6 tf-keras makes them shorter than Keras 3 does: that may be anything, but for zeros.
     */
    private normalized;
    /** A quotient, which may be anything where the divisor may be 0. */
    private divided;
    /**
     * The maximum over all positions. Numbers are taken from it, so that the error of the highest is handed on to its
     * last bit: what is compared with the maximum may be equal to it.
     */
    private highest;
    /** A layer that is linear, without its activation. */
    private summed;
    /**
     * The sizes of the terms that a sum is made of, and of the errors that meet in it: they are summed up in float32,
     * too, where a large one hides a small one. One rounding is a share of the result alone.
     */
    private terms;
    /**
     * What is no sum: the errors of its answer are what it makes of numbers `reach` errors away, and what these do not
     * tell: how much farther it goes for the largest errors, and in each world how far it leaves the straight line to its
     * ends, anew for each number as if none cancelled; and a share of the terms of what `kind` computes. Between its ends
     * it may turn where `layer` does. A product of numbers that are not 0 may be flushed to 0.
     */
    private bent;
    /**
     * What an answer makes of errors, half the way from end to end, and how far it leaves straight lines in the last
     * worlds: one world after the other, since they are large.
     */
    private turned;
    /** The same of a clamp. */
    private clamped;
    /**
     * Errors, and a share of `sizes` up or down in each world; and where there is anything `here`, what becomes of the
     * smallest numbers.
     */
    private rounded;
    /** What is drawn for all images, anew for each layer that draws. */
    private drawn;
    /** Channels that are off are 0, without error, before the layer's activation. */
    private masked;
}
