import type { ByteSource } from './byte-source.ts';
/** Goes through an HDF5 file as those do who need the arrays `names`, and keeps nothing: their places, and the first and the last rows of large ones. Throws as `openHdf5`. */
export declare function tryHdf5(source: ByteSource, names: readonly string[]): Promise<void>;
