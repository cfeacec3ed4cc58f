import type { Layer } from '../../models/net.ts';
/**
 * Numbers below it are finite in every order of adding them up, and with the factors that fast convolutions put between: float32 ends at 2 ** 128.
 * From it on, a number counts as one that may be infinite elsewhere.
 */
export declare const limit: number;
/**
 * Products of some of the factors of a number stay below it: then none overflows in any order, and of a number that is
 * lost because its other factors are below the smallest normal float32, at most 2 ** -86 is.
 */
export declare const mostFactors: number;
/** Answers from the largest magnitude in each input of a layer. Infinity where a number may overflow. */
type Magnitude = (inputs: number[]) => number;
/** How large the numbers of a layer get. */
export interface Reach {
    /** The largest that it adds up or multiplies, which must lie below `limit`; null for a layer that answers the right thing to infinities too. */
    within: Magnitude | null;
    answer: Magnitude;
    /** Whether the last input is a divisor: for it stands 1 / the least magnitude in it. */
    divides?: true;
    /** What a layer that multiplies has for factors; none where it is left out. */
    factors?: Factors;
}
/**
 * Products in a row, which TensorFlow may multiply in any order where it calls the net as a graph, sums of products
 * with a common factor among them; XLA, by which a file may have it compiled, also where something is added in between
 * and taken away again. Source: `constant_folding.cc` and `arithmetic_optimizer.cc` in
 * tensorflow/core/grappler/optimizers, `algebraic_simplifier.cc` in xla/hlo/transforms/simplifiers.
 */
export interface Factors {
    /** The largest product of some of the factors, from that of each input, and at last that of a divisor's reciprocal. */
    largest: Magnitude;
    /** Whether it multiplies; what does not adds numbers, or hands them on. */
    multiplies: boolean;
    /** Whether the answer is a product for the layer behind it: always, never, or where an input, or each of them, is one. */
    stays: boolean | 'as an input' | 'as all inputs';
    /** Whether its input, which it reads twice, is one factor, be it a product or not. */
    begins?: true;
    /** Whether it answers one of all numbers of a channel: no factor is taken out of it to what it is added to. */
    chooses?: true;
    /** Whether its answer is a single factor, which may join those that it is multiplied with: a power of e. */
    joins?: true;
}
/** How far the numbers of `layer` reach; `joins`: whether its runtime multiplies weights with what scales their products. */
export declare function reachOf({ className, options: o, weights }: Layer, joins?: boolean): Reach;
export {};
