import type { Dialect, Shape } from './layers/spec.ts';
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
}
/** Where a layer's weights come from: their names and values, to be matched with what the layer needs. */
export type WeightSource = (layer: string, needed: [name: string, shape: Shape][]) => Weight[];
/** Joins wiring and weights to a model; every shape is inferred and checked. `file` is the one that messages name. */
export declare function buildModel(topology: Topology, weights: WeightSource, file: string, sha256: string): Model;
