import { type Shape } from '../net.ts';
/** One axis of memory: how many numbers it has, and how far apart they stand in another order of the same numbers. */
export interface Axis {
    size: number;
    stride: number;
}
/** The order in which numbers stand, outermost axis first, by where each stands in the order that ONNX means. */
export type Order = readonly Axis[];
/** How far apart neighbours on each axis of a row-major array stand. */
export declare const stridesOf: (shape: Shape) => number[];
/** The numbers of an array of `shape` with its axes in the order `axes`. */
export declare function ordered(shape: Shape, axes: readonly number[]): Order;
/** The numbers as ONNX means them. */
export declare const asMeant: (shape: Shape) => Order;
/** The same order with as few axes as it takes. */
export declare function plain(order: Order): Order;
/** Whether two orders of as many numbers are the same. */
export declare function isSameOrder(one: Order, other: Order): boolean;
/** The order of the same numbers in memory once the axes of their array of `shape` are permuted; null where an axis of memory lies across two of them. */
export declare function permuted(order: Order, shape: Shape, axes: readonly number[]): Order | null;
/** Numbers in another order, which says where each stands among them. */
export declare function gathered(values: Float32Array, order: Order): Float32Array;
/** Back from `gathered`. */
export declare function scattered(values: Float32Array, order: Order): Float32Array;
