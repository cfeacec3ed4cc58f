import type { Entry } from './config-entries.ts';
import { type Json, type Refuse } from './inbound-nodes.ts';
/** Where Keras 3 has its operations on tensors, which it keeps as layers of a net: `a + b`, `2 * a`. */
export declare const operationModule = "keras.src.ops.numpy";
export declare const operations: ReadonlySet<string>;
/**
 * The class in which tf-keras keeps operations, how it names those that are read, and what it has in the place of a
 * tensor that is none.
 */
export declare const lambda = "TFOpLambda";
export declare const lambdaModules: ReadonlySet<unknown>;
/** The entry of a layer and what it says. */
export interface Read {
    entry: Json;
    layer: Entry;
}
/**
 * An operation with numbers, or one of tf-keras, as the layer that computes the same; all else as it is. Null for an
 * operation that no layer computes.
 */
export declare function asLayer({ entry, layer }: Read, refuse: Refuse): Read | null;
