import { type OpenFile } from '../files.ts';
import { type Model } from './model.ts';
/** A model and the bytes it was read from: what is scored is what was hashed and what is written out again. */
export interface ModelFile {
    model: Model;
    bytes: Uint8Array;
    /** The JSON that describes the net: the file's own, or the architecture's for a weights-only file. */
    config: string;
}
export declare const weightsEntry = "model.weights.h5";
/**
 * Reads a Keras model: `.h5` or `.keras`. A weights-only file (`.h5`, `.weights.h5`) takes its wiring from `architecture`, a full model
 * or the JSON of `model.to_json()`. Layers and options outside the allow-list are refused by name. Throws GoodnetError only.
 */
export declare function readModel(file: OpenFile, architecture: OpenFile | null): Promise<ModelFile>;
export declare function inMemory(name: string, bytes: Uint8Array): {
    name: string;
    size: number;
    read: (target: Uint8Array, offset: number) => number;
};
