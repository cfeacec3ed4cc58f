import { type Shape } from '../net.ts';
import { type Order } from './order.ts';
import { type Proto } from './schema.ts';
/** A tensor that is the same for every image. Its numbers may stand in the file in another order than it has. */
export declare class Constant {
    /** What the file calls it. */
    readonly name: string;
    readonly shape: Shape;
    readonly type: 'float32' | 'int64';
    /** Its numbers, or the bytes of float32 in the file, in the order in which they stand there. */
    private readonly held;
    private readonly order;
    /** What becomes of it, in whatever shape. */
    private readonly uses;
    private constructor();
    /** Throws a plain Error for a tensor that no net here computes with. */
    static of(name: string, tensor: Proto<'TensorProto'>): Constant;
    /** Numbers that no file holds: whole ones, or rounded to float32. */
    static holding(numbers: readonly number[], shape?: Shape, type?: Constant['type']): Constant;
    get size(): number;
    /** Whether its numbers stand in the file, where they can be changed. */
    get isStored(): boolean;
    /** Whether the net has been told its numbers, beside layers that have it for a weight. */
    get isTold(): boolean;
    /** Its bytes in the file. */
    get bytes(): Uint8Array;
    /** Its numbers, the last axis innermost. */
    get numbers(): readonly number[];
    /** Its numbers in an order that says where each stands among them. */
    floats(order: Order): Float32Array;
    /** Numbers in an order of its own as they stand in the file. */
    asStored(values: Float32Array, order: Order): Float32Array;
    /** Its numbers in an order that says where each stands among them. */
    inOrder(order: Order): Float32Array;
    reshaped(shape: Shape): Constant;
    transposed(axes: readonly number[]): Constant;
}
/** Numbers of a constant that is no weight. */
export declare const mostNumbers: number;
export declare function checkAxes({ length }: Shape): void;
export declare const isInt32: (number: number) => boolean;
