import type { StoredArray } from './stored.ts';
/** Class indices as an array of a data file. */
export declare const asArray: (labels: Int32Array) => StoredArray;
/**
 * Class indices from labels of shape [n], [n, 1], or one-hot [n, classes]; `rejects`: the last class may be a GoodNet's
 * own, which data has no column for.
 */
export declare function readLabels(stored: StoredArray, count: number, classes: number, rejects: boolean, file: string): Int32Array;
