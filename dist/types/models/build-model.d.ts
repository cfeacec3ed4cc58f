import type { Dialect, Language } from './layers/spec.ts';
import { type Model, type Shape, type Weight } from './net.ts';
/** One use of a layer on some tensors. A layer that is used twice has two calls. */
export interface CallConfig {
    id: string;
    layer: string;
    inputs: string[];
}
/** A layer with the options that its config gives it. */
export interface LayerConfig {
    name: string;
    className: string;
    config: Record<string, unknown>;
    /** The shapes that the file gives for its input, batch axis first. */
    declaredShapes?: unknown[];
    /** Whether it is trained, as far as the nets around it have a say, too; it is unless this is false. */
    trainable?: boolean;
    /** Whether more in the net reads the tensors of the file that its weights are. */
    shares?: true;
}
/** A flat net as plain data: which layers there are, and how tensors flow between their calls. */
export interface Topology<D extends Language = Dialect> {
    name: string;
    dialect: D;
    layers: LayerConfig[];
    calls: CallConfig[];
    input: string;
    output: string;
    /** The number formats that its nets declare for themselves, as their configs hold them. */
    dtypes?: unknown[];
    /** The tensors that enter nets inside, each with the input layer that takes it. */
    entries?: {
        layer: string;
        tensor: string;
    }[];
}
/** The weights that a layer needs, in Keras's order. */
export type Needs = [name: string, shape: Shape][];
/** Where weights come from: `needs` has every layer that needs some, in order, and so has the answer. */
export type WeightSource = (needs: ReadonlyMap<string, Needs>) => ReadonlyMap<string, Weight[]>;
/** Joins wiring and weights to a model; every shape is inferred and checked. `file` is the one that messages name. Throws `memory` before a weight is read. */
export declare function buildModel(topology: Topology<Language>, weights: WeightSource, file: string, sha256: string, memoryBytes?: number): Model;
