import type { Hdf5Array } from '../formats/hdf5.ts';
/**
 * The bytes of an HDF5 file of arrays, compressed with gzip. Arrays are read chunk by chunk, so that only the compressed file
 * is in memory. The same content always gives the same bytes. `signal` ends it between two chunks.
 */
export declare function createDataFile(arrays: Record<string, Hdf5Array>, attributes: Record<string, string | number>, signal?: AbortSignal): Promise<Uint8Array>;
