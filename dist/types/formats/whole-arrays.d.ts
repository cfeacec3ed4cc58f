import type { ByteSource } from './byte-source.ts';
import type { Hdf5Array } from './hdf5.ts';
/** An array of an HDF5 file that was read whole, as plain data. */
export interface WholeArray extends Omit<Hdf5Array, 'rows'> {
    /** In the order of this machine; none where the values are no numbers. */
    bytes: Uint8Array<ArrayBuffer>;
}
/** The names at the root of an HDF5 file, and those of the arrays that were asked for which are there. */
export interface WholeArrays {
    names: string[];
    arrays: ReadonlyMap<string, WholeArray>;
}
/** Reads arrays of an HDF5 file whole, each of at most so many bytes. Throws as `openHdf5`, and `memory`. */
export declare const wholeArrays: (source: ByteSource, wanted: readonly string[], most: number) => Promise<WholeArrays>;
/** Such an array, to be read by rows. `name` and `file` are for messages. */
export declare const arrayOf: ({ bytes, ...array }: WholeArray, name: string, file: string) => Hdf5Array;
