import type { TypedArray } from './element-types.ts';
type Values = TypedArray;
/** Numbers with their shape, row-major. */
export interface Tensor {
    shape: readonly number[];
    values: Values;
}
/** What a safetensors file holds. */
export interface Safetensors {
    metadata: Record<string, string>;
    tensors: ReadonlyMap<string, Tensor>;
}
/**
 * Tensors as a safetensors file: the length of a JSON header as uint64, the header, and the numbers, all little-endian.
 * Source: https://github.com/huggingface/safetensors
 */
export declare function writeSafetensors({ metadata, tensors }: Safetensors): Uint8Array<ArrayBuffer>;
/** Whether a file begins as one: its header is an object of JSON. */
export declare const isSafetensors: (file: Uint8Array) => boolean;
/** Reads a safetensors file. Throws `safetensors` where something is missing, doubled, left over, or of another size than declared. */
export declare function readSafetensors(file: Uint8Array, name: string): Safetensors;
export {};
