import type { File } from 'h5wasm';
import { type MemoryFiles } from './memory-files.ts';
import { type Written } from './written-bytes.ts';
/** A group to write: its attributes, its groups and its float32 arrays by name. */
export interface GroupContent {
    attributes: Record<string, string | string[]>;
    groups: Record<string, GroupContent>;
    arrays: Record<string, {
        shape: readonly number[];
        values: Float32Array;
    }>;
}
/** The bytes of an HDF5 file with some arrays replaced, by path; everything else stays as it was. */
export declare function replaceArrays(bytes: Uint8Array, edits: ReadonlyMap<string, Float32Array>): Promise<Uint8Array>;
/** Writes a new HDF5 file. The same groups and arrays always give the same bytes. */
export declare const createHdf5: (root: GroupContent, content: Written) => Promise<void>;
/**
 * A file that `write` changes or, with `w`, fills. A long `write` is a generator that yields where others may have their turn, and where `signal`
 * ends it.
 */
export declare function written(mode: 'a' | 'w', content: Written, write: (file: File, library: MemoryFiles['library']) => Iterable<void> | void, signal?: AbortSignal): Promise<void>;
