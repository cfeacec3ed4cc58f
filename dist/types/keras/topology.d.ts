import type { Dialect } from './layers/spec.ts';
/** One use of a layer on some tensors. A layer that is used twice has two calls. */
export interface CallConfig {
    id: string;
    layer: string;
    inputs: string[];
}
/** A Keras model config as plain data: which layers there are, and how tensors flow between their calls. */
export interface Topology {
    name: string;
    dialect: Dialect;
    layers: {
        name: string;
        className: string;
        config: Record<string, unknown>;
    }[];
    calls: CallConfig[];
    input: string;
    output: string;
}
/** Reads the JSON that Keras stores as `model_config`. Throws `model-config` or `model-shape`; runs nothing that it finds. */
export declare function readTopology(json: string, file: string): Topology;
