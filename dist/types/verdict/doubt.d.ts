import type { Rewrite } from '../models/rewritten.ts';
import type { Rounded } from './rounding.ts';
/** Why a net's figures carry no verdict: Keras may give other classes than goodnet computed. */
export type Doubt = HalfPrecision | KerasVersionsDiffer | AnswersAtRandom | GraphRewritten | RoundingDecides;
export interface HalfPrecision {
    code: 'half-precision';
    /** The number format that the net declares. */
    declared: string;
}
export interface KerasVersionsDiffer {
    code: 'keras-versions-differ';
    /** The activation that Keras 2 and Keras 3 compute by different formulas, in a file that both load. */
    activation: string;
}
export interface AnswersAtRandom {
    code: 'answers-at-random';
    /** The class of a layer that Keras's `predict` leaves out, and `net(images)` does not. */
    augmentation: string;
}
export interface GraphRewritten {
    code: 'graph-rewritten';
    /** What `predict` and `evaluate`, which run as a graph, compute otherwise than `net(images)`. */
    rewrite: Rewrite;
}
/** The images that change their class most often. */
export interface RoundingDecides extends Rounded {
    code: 'rounding-decides';
}
/** What a net's file leaves open: the number format that it declares, an activation that means two things, a layer that changes images at random, and what a graph makes another function of. */
export interface Declared {
    precision: string;
    ambiguousActivation: string | null;
    augmentation: string | null;
    rewritten: Rewrite | null;
}
/** The doubt about a net with such a file that was rounded otherwise; null if there is none. */
export declare function doubtOf({ precision, ambiguousActivation, augmentation, rewritten }: Declared, rounded?: readonly Rounded[]): Doubt | null;
