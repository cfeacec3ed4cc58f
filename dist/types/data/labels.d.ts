import type { Hdf5Array } from '../keras/hdf5.ts';
/** Class indices from labels of shape [n], [n, 1], or one-hot [n, classes]. A GoodNet has one class more than its data's one-hot rows. */
export declare function readLabels(stored: Hdf5Array, count: number, classes: number, file: string): Int32Array;
