import type { ModelBytes, ModelFile } from '../format.ts';
export declare const weightsEntry = "model.weights.h5";
export declare const kerasEntries: readonly string[];
/**
 * Reads a Keras model: `.h5` or `.keras`. A weights-only file (`.h5`, `.weights.h5`) takes its wiring from
 * `architecture`, a full model or the JSON of `model.to_json()`. Layers and options outside the allow-list are refused
 * by name. Opens no file.
 * Throws GoodnetError only.
 */
export declare function readKeras({ architecture, memoryBytes, known, ...file }: ModelBytes): Promise<ModelFile>;
