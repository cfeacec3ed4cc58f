import { type Json } from './inbound-nodes.ts';
import type { Dialect } from './layers/spec.ts';
import { type NetClass } from './net-classes.ts';
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
}
/** A flat net as plain data: which layers there are, and how tensors flow between their calls. */
export interface Topology {
    name: string;
    dialect: Dialect;
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
/** A net as its config holds it: a layer may be a net again. */
export interface Net extends Omit<Topology, 'layers' | 'dtypes' | 'entries'> {
    className: NetClass;
    config: Json;
    layers: (LayerConfig & {
        net?: Net;
    })[];
}
/**
 * Reads the JSON that Keras stores as `model_config` or `config.json`. `version` is the Keras that the file says it was written by; null if it
 * does not say. All that stands there is accounted for, or refused. Throws `model-config`, `model-shape` or `layer-unsupported`; runs nothing
 * that it finds.
 */
export declare function readNet(json: string, file: string, version?: string | null): Net;
/** Whether two shapes say nothing of each other that differs; null is any size. */
export declare function agree(one: unknown, other: unknown): boolean;
