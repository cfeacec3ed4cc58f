import { type WholeArrays } from '../formats/whole-arrays.ts';
import type { FileBytes, ModelBytes, ModelFile } from './format.ts';
/** Who reads files that libhdf5 may read without end. All of it throws GoodnetError only. */
export interface Reading {
    model: (file: ModelBytes) => Promise<ModelFile>;
    /** Arrays of an HDF5 file by their paths, each of at most so many bytes. */
    arrays: (file: FileBytes, wanted: readonly string[], most: number) => Promise<WholeArrays>;
}
/** This thread does, for as long as it takes. */
export declare const readingHere: Reading;
