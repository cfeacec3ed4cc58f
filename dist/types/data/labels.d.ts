import type { StoredArray } from './stored.ts';
/** Class indices as an array of a data file. */
export declare const asArray: (labels: Int32Array) => StoredArray;
/**
 * Class indices from labels of shape [n], [n, 1], or one-hot [n, classes]; `rejects`: the last class may be a GoodNet's
 * own, which data has no column for.
 */
export declare function readLabels(stored: StoredArray, count: number, classes: number, rejects: boolean, file: string): Int32Array;
/** How many images each class has. */
export declare function imagesByClass(labels: Int32Array, classes: number): Int32Array;
/** The first class without images, and how many of all classes have none; null where each has some. */
export declare function classesWithout(images: Int32Array): {
    missing: number;
    without: number;
    classes: number;
} | null;
