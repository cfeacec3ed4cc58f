import { inMemory } from '../formats/byte-source.ts';
import { type WholeArrays, wholeArrays } from '../formats/whole-arrays.ts';
import type { FileBytes, ModelBytes, ModelFile } from './format.ts';
import { readModel } from './formats.ts';

/** Who reads files that libhdf5 may read without end. All of it throws GoodnetError only. */
export interface Reading {
  model: (file: ModelBytes) => Promise<ModelFile>;
  /** Arrays of an HDF5 file by their paths, each of at most so many bytes. */
  arrays: (file: FileBytes, wanted: readonly string[], most: number) => Promise<WholeArrays>;
}

/** This thread does, for as long as it takes. */
export const readingHere: Reading = {
  model: readModel,
  arrays: ({ name, bytes }, wanted, most) => wholeArrays(inMemory(name, bytes), wanted, most),
};
