import { type ByteSource } from './byte-source.ts';
import { type TypedArray } from './element-types.ts';
/** One HDF5 dataset: its shape, its element type in numpy's words, and its values by rows of the first axis. */
export interface Hdf5Array {
    shape: number[];
    dtype: string;
    /** Memory that one row takes while it is read. */
    rowBytes: number;
    /** Rows `start` (inclusive) to `stop` (exclusive), row-major. */
    rows(start: number, stop: number): TypedArray;
}
/** One whose values are still in its file. */
export interface ArrayInFile extends Hdf5Array {
    /** The same as `rows`, as bytes in the order of this machine. */
    bytes: (start: number, stop: number) => ArrayBuffer;
}
/** An open HDF5 file. Everything it can reach is inside that one file. */
export interface Hdf5File {
    /**
     * The text, or the texts, of an attribute; null if there is none. Throws `hdf5-attribute` for one of another kind.
     */
    attribute(path: string, name: string): string | string[] | null;
    children(path: string): string[];
    array(path: string): ArrayInFile | null;
    /**
     * All that is in the file, checked as if it were read: links, layouts, filters, values stored elsewhere. The root
     * stands at ''.
     */
    contents(): Contents;
    /** Throws `hdf5-damaged`. */
    close(): void;
}
/** Every group and dataset of a file by its path, with the names of its attributes. */
export type Contents = ReadonlyMap<string, {
    kind: 'group' | 'dataset';
    attributes: ReadonlySet<string>;
}>;
/**
 * Opens an HDF5 file inside the library's own memory file system, in which nothing but that file can be opened: its
 * bytes come from `source` as they are needed. Throws `not-hdf5`, `lfs-pointer`, `file-empty` or another `hdf5-` error.
 */
export declare function openHdf5(whole: ByteSource): Promise<Hdf5File>;
/** Whether HDF5 starts somewhere in these bytes. */
export declare const isHdf5: (bytes: Uint8Array) => boolean;
