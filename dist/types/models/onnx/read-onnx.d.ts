import { type Topology } from '../build-model.ts';
import type { ModelBytes, ModelFile } from '../format.ts';
import { type Graph } from './graph.ts';
import { type PlacedWeight } from './wiring.ts';
/** Reads an ONNX file. Operators and attributes outside the allow-list are refused by name. Opens no file. Throws GoodnetError only. */
export declare function readOnnx({ name, bytes, sha256, memoryBytes, known, }: ModelBytes): Promise<ModelFile>;
/** A graph as a net, and where its weights stand. */
export interface OnnxNet {
    topology: Topology<'onnx'>;
    weights: ReadonlyMap<string, readonly PlacedWeight[]>;
}
/** The net that a graph is. Throws `onnx-graph`, `node-unsupported`, `node-option`, `layer-option` or `model-shape`. */
export declare function netOf(given: Graph, file: string): OnnxNet;
