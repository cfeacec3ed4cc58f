import type { ByteSource } from './byte-source.ts';
import { type Hdf5File } from './hdf5.ts';
/** Goes through an HDF5 file as those do who need the arrays `names`, and keeps nothing: their places, and the first and the last rows of large ones. Throws as `openHdf5`. */
export declare const tryHdf5: (source: ByteSource, names: readonly string[]) => Promise<void>;
/** What `use` makes of an HDF5 file, which is closed then. Throws as `openHdf5`. */
export declare function whileOpen<T>(source: ByteSource, use: (hdf5: Hdf5File) => T): Promise<T>;
