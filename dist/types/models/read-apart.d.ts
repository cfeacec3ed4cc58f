import type { HashedFile } from '../base/files.ts';
import type { ModelBytes, ModelFile } from './format.ts';
import type { Reading } from './reading.ts';
/** How a file is read apart. */
export interface ReaderPlace {
    /** Folder of the bundle that reads a file in a thread of its own, with a slash at its end. */
    assets: string;
    /** Ends the reading; its reason is thrown. */
    signal?: AbortSignal;
}
/**
 * Reads a model in a thread of its own, which gets its bytes, opens nothing, gives them back, and ends: libhdf5's memory holds that file alone.
 * A thread that hangs is ended after `seconds`. Throws GoodnetError as `readModel` does, `file-slow`, `file-crash` or `memory`.
 */
export declare function readApart(model: ModelBytes, place: ReaderPlace, seconds?: number): Promise<ModelFile>;
/**
 * Reads each file in a thread of its own, as `readApart` does, and leaves its bytes where they are. `seconds`: its
 * deadline.
 */
export declare const readingApart: (place: ReaderPlace, seconds?: number) => Reading;
/**
 * Starts the thread that the next model is read in, so that libhdf5 is there when the model is. To be dismissed in the end: a process that ends
 * while the thread still loads waits for it for good.
 */
export declare function prepareReader(place: ReaderPlace): {
    dismiss(): Promise<void>;
};
/** Reads the arrays of an HDF5 file for the first time, in a thread apart that is ended after `seconds`. Throws GoodnetError as `openHdf5`, `file-slow`, `file-crash` or `memory`. */
export declare function tryApart({ name, size, descriptor, sha256, written, blocks }: Omit<HashedFile, 'read' | 'close'>, arrays: readonly string[], place: ReaderPlace, seconds?: number): Promise<void>;
