import { type Model } from './model.ts';
/** A model and the bytes it was read from: what is scored is what was hashed and what is written out again. */
export interface ModelFile {
    model: Model;
    bytes: Uint8Array;
    /** The JSON that describes the net: the file's own, or the architecture's for a weights-only file. */
    config: string;
}
export declare const weightsEntry = "model.weights.h5";
export declare const kerasEntries: readonly string[];
/** The bytes of a file, and how messages call it. */
export interface FileBytes {
    name: string;
    bytes: Uint8Array;
}
/** A model to read: its file with the SHA-256 of that, another file for its architecture, and the bytes of memory it may ask for. */
export interface ModelBytes extends FileBytes {
    sha256: string;
    architecture: FileBytes | null;
    memoryBytes: number;
}
/**
 * Reads a Keras model: `.h5` or `.keras`. A weights-only file (`.h5`, `.weights.h5`) takes its wiring from `architecture`, a full model
 * or the JSON of `model.to_json()`. Layers and options outside the allow-list are refused by name. Opens no file. Throws GoodnetError only.
 */
export declare function readModel({ architecture, memoryBytes, ...file }: ModelBytes): Promise<ModelFile>;
export declare function inMemory(name: string, bytes: Uint8Array): {
    name: string;
    size: number;
    read: (target: Uint8Array, offset: number) => number;
};
