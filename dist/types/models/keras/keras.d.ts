import type { ModelFormat } from '../format.ts';
/** Keras's files: HDF5 of Keras 2 and 3, and the zip archives of Keras 3. A GoodNet is an `.h5`, which every Keras reads. */
export declare const keras: ModelFormat;
