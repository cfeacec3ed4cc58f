import { type Dialect, type Shape } from './layers/spec.ts';
import type { Topology } from './topology.ts';
/** A named float32 array of a layer, and where it stands in the file. Row-major. */
export interface Weight {
    name: string;
    shape: Shape;
    values: Float32Array;
    path: string;
}
/** One layer with its options in one spelling, and its weights in Keras's order. */
export interface Layer {
    name: string;
    className: string;
    options: Record<string, unknown>;
    perChannel: boolean;
    weights: Weight[];
}
/** One use of a layer. `shape` is the output's, without the batch axis. */
export interface Call {
    id: string;
    layer: Layer;
    inputs: string[];
    shape: Shape;
}
/** A classifier as plain data: every call after those it reads, one image input, one row of class scores out. */
export interface Model {
    name: string;
    file: string;
    sha256: string;
    dialect: Dialect;
    calls: Call[];
    input: string;
    inputShape: Shape;
    output: string;
    classes: number;
    /** Width of the output row: `classes` scores, or 1 for a sigmoid, which answers class 1 above 0.5 and else class 0. */
    outputs: number;
    /** The number format that its layers declare: `float32`, or the first other one, such as `mixed_float16`. */
    precision: string;
    /** An activation that Keras 3 would compute otherwise than Keras 2, which wrote the file; null if there is none. */
    ambiguousActivation: string | null;
    /** The class of the first layer that changes images at random; null if there is none. */
    augmentation: string | null;
}
/** The weights that a layer needs, in Keras's order. */
export type Needs = [name: string, shape: Shape][];
/** Where weights come from: `needs` has every layer that needs some, in order, and so has the answer. */
export type WeightSource = (needs: ReadonlyMap<string, Needs>) => ReadonlyMap<string, Weight[]>;
/** Joins wiring and weights to a model; every shape is inferred and checked. `file` is the one that messages name. Throws `memory` before a weight is read. */
export declare function buildModel(topology: Topology, weights: WeightSource, file: string, sha256: string, memoryBytes?: number): Model;
