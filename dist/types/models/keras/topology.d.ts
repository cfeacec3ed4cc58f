import type { LayerConfig, Topology } from '../build-model.ts';
import { type Json } from './inbound-nodes.ts';
import { type NetClass } from './net-classes.ts';
/** A net as its config holds it: a layer may be a net again. */
export interface Net extends Omit<Topology, 'layers' | 'dtypes' | 'entries'> {
    className: NetClass;
    config: Json;
    layers: (LayerConfig & {
        net?: Net;
        savedAs?: string;
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
