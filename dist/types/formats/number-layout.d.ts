import type { ByteSource } from './byte-source.ts';
/** The bytes of a superblock in which all that is asked of it stands. */
export declare const superblockHead = 60;
/**
 * What keeps object headers from being read here as libraries read them: addresses or lengths that have not 8 bytes
 * each, or a superblock with an extension, which may hold other headers than stand in their places, or a driver's
 * block. Keras writes none of them. null if nothing does. Source: HDF5 File Format Specification 3.0, II.A and II.B.
 */
export declare function superblockFault(source: ByteSource): string | null;
/**
 * Whether the dataset whose object header stands at `address` holds integers or IEEE 754 numbers that fill all of their bits. A file may declare
 * others (another bias, fewer bits): libhdf5 hands them out as they are stored, and h5py, so Keras, turns them into different numbers.
 * Throws RangeError where the header is not readable. Source: HDF5 File Format Specification 3.0, IV.A and IV.A.2.d.
 */
export declare function isPlainNumber(source: ByteSource, address: number): boolean;
