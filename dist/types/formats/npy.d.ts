import type { Hdf5Array } from './hdf5.ts';
/**
 * Reads an array in numpy's .npy format, versions 1 to 3. Arrays of Python objects are pickles, that is code, and are refused.
 * Source: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
export declare function readNpy(bytes: Uint8Array, name: string, file: string): Hdf5Array;
