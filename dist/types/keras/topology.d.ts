import type { Dialect } from './layers/spec.ts';
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
}
/** A flat net as plain data: which layers there are, and how tensors flow between their calls. */
export interface Topology {
    name: string;
    dialect: Dialect;
    layers: LayerConfig[];
    calls: CallConfig[];
    input: string;
    output: string;
}
/** A net as its config holds it: a layer may be a net again. */
export interface Net extends Omit<Topology, 'layers'> {
    className: 'Functional' | 'Sequential';
    layers: (LayerConfig & {
        net?: Net;
    })[];
}
/** Reads the JSON that Keras stores as `model_config` or `config.json`. Throws `model-config` or `model-shape`; runs nothing that it finds. */
export declare function readNet(json: string, file: string): Net;
