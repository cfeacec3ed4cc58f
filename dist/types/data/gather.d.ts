import type { StoredArray } from './stored.ts';
/** The rows of `stored` at `indices` (ascending) as an array of their own, read when they are asked for. */
export declare function subset(stored: StoredArray, indices: Int32Array): StoredArray;
/** Rows to read at once, so that large ones do not fill the memory. */
export declare const rowsPerRead: ({ rowBytes }: StoredArray) => number;
