import type { Layer } from '../../models/net.ts';
/**
 * Numbers below it are finite in every order of adding them up, and with the factors that fast convolutions put between: float32 ends at 2 ** 128.
 * From it on, a number counts as one that may be infinite elsewhere.
 */
export declare const limit: number;
/** Answers from the largest magnitude in each input of a layer. Infinity where a number may overflow. */
type Magnitude = (inputs: number[]) => number;
/** How large the numbers of a layer get. */
export interface Reach {
    /** The largest that it adds up or multiplies, which must lie below `limit`; null for a layer that answers the right thing to infinities too. */
    within: Magnitude | null;
    answer: Magnitude;
    /** Whether the last input is a divisor: for it stands 1 / the least magnitude in it. */
    divides?: true;
}
/** How far the numbers of `layer` reach. */
export declare function reachOf({ className, options: o, weights }: Layer): Reach;
export {};
