import type { ByteSource } from './byte-source.ts';
/** The bytes of a superblock that tell how it is to be read. */
export declare const superblockHead = 15;
/**
 * Whether addresses and lengths in a file have 8 bytes each, as libraries write them: what is read here of object
 * headers goes by that. Source: HDF5 File Format Specification 3.0, II.A.
 */
export declare function hasWideAddresses(source: ByteSource): boolean;
/**
 * Whether the dataset whose object header stands at `address` holds integers or IEEE 754 numbers that fill all of their bits. A file may declare
 * others (another bias, fewer bits): libhdf5 hands them out as they are stored, and h5py, so Keras, turns them into different numbers.
 * Throws RangeError where the header is not readable. Source: HDF5 File Format Specification 3.0, IV.A and IV.A.2.d.
 */
export declare function isPlainNumber(source: ByteSource, address: number): boolean;
