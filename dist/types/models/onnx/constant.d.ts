import { type Shape } from '../net.ts';
import { type Order } from './order.ts';
import { type Proto } from './schema.ts';
/** What the numbers of a constant are, by the words of `types`. */
export type ConstantType = 'float32' | 'int64' | 'int32' | 'bool';
/** A tensor that is the same for every image. Its numbers may stand in the file in another order than it has. */
export declare class Constant {
    /** What the file calls it. */
    readonly name: string;
    readonly shape: Shape;
    readonly type: ConstantType;
    /** Its numbers, or the bytes of float32 in the file, in the order in which they stand there. */
    private readonly held;
    private readonly order;
    /** What becomes of it, in whatever shape. */
    private readonly uses;
    private constructor();
    /** Throws a plain Error for a tensor that no net here computes with. */
    static of(name: string, tensor: Proto<'TensorProto'>): Constant;
    /** Numbers that no file holds. */
    static holding(numbers: readonly number[], type: ConstantType, shape?: Shape): Constant;
    get size(): number;
    /** Whether its numbers stand in the file, where they can be changed. */
    get isStored(): boolean;
    /** Whether the net reads its numbers, beside layers that have it for a weight. */
    get isReadAsNumbers(): boolean;
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
/**
 * Whether ONNX stretches a constant over a tensor, of which `shape` is that of one image, as one number for all of it or
 * one for each channel: it adds no axis, and is none of the axis of the images.
 */
export declare function isForChannels({ shape: given }: Constant, { shape }: {
    shape: Shape;
}): boolean;
/** Numbers of a constant that is no weight. */
export declare const mostNumbers: number;
export declare function checkAxes({ length }: Shape): void;
