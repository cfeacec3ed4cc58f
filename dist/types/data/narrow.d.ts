import type { StoredArray } from './stored.ts';
/** The same numbers as uint8 where all of them are integers 0..255, else as they are. Reads the array once in slices, and again as it is used. `signal` ends it between two slices. */
export declare function narrowed(stored: StoredArray, signal?: AbortSignal): Promise<StoredArray>;
