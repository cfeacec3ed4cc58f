import type { Entry } from './config-entries.ts';
import { type Json } from './inbound-nodes.ts';
/** Where Keras 3 has its operations on tensors, which it keeps as layers of a net (`a + b`, `2 * a`), and those that are read. */
export declare const arithmeticModule = "keras.src.ops.numpy";
export declare const operations: ReadonlySet<string>;
export declare const isOperation: (className: string, module: unknown) => boolean;
/** The class in which tf-keras keeps operations, and what it has in the place of a tensor that is none. */
export declare const lambda = "TFOpLambda";
export declare const lambdaModules: ReadonlySet<unknown>;
/** The entry of a layer and what it says. */
export interface Read {
    entry: Json;
    layer: Entry;
}
/**
 * An operation with numbers, one on a single tensor, or one of tf-keras, as the layer that computes the same; all else
 * as it is. Null for an operation that no layer computes. Throws `operation-float64`.
 */
export declare function asLayer({ entry, layer }: Read, file: string): Read | null;
