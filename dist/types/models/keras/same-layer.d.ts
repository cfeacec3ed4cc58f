import type { Json } from './inbound-nodes.ts';
/** One number, or one for each channel, with axes of length 1 before them. */
export type Constant = number | Constant[];
export declare const numbersIn: (constant: unknown) => number[];
/** What an operation is called with: a number, or a reference to a tensor as its family writes it. */
export type Operand = {
    constant: Constant;
} | {
    tensor: unknown;
};
/** A layer that computes what an operation does. */
export interface Same {
    className: string;
    options: Json;
}
/** Stands for the name of an activation that no file can name. */
export declare const approximateGelu: unique symbol;
/** An operation on one tensor: the layer, and what it does with the arguments of the operation. */
interface OfOne extends Same {
    /** Arguments that are options of the layer, by the name that it has for them. */
    takes?: Readonly<Record<string, string>>;
    /** Arguments that must be so. */
    must?: Json;
    /** What it is with other arguments. */
    or?: OfOne;
}
/** Operations on one tensor, as Keras 3 names their classes. */
export declare const ofOne: ReadonlyMap<string, OfOne>;
export declare const arithmetic: ReadonlySet<string>;
/** The layer that computes an operation on these operands with these arguments; null if there is none. */
export declare function sameAs(kind: string, operands: readonly Operand[], given: Json): Same | null;
export {};
