/** Bytes that can be read at any offset: a file on disk, or an array in memory. Offsets and sizes in bytes. */
export interface ByteSource {
    readonly name: string;
    readonly size: number;
    read(target: Uint8Array, offset: number): number;
}
export type TypedArray = Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array | BigInt64Array | BigUint64Array | Float32Array | Float64Array;
/** One HDF5 dataset: its shape, its element type in numpy's words, and its values by rows of the first axis. */
export interface Hdf5Array {
    shape: number[];
    dtype: string;
    /** Memory that one row takes while it is read. */
    rowBytes: number;
    /** Rows `start` (inclusive) to `stop` (exclusive), row-major. */
    rows(start: number, stop: number): TypedArray;
}
/** An open HDF5 file. Everything it can reach is inside that one file. */
export interface Hdf5File {
    attribute(path: string, name: string): string | string[] | null;
    children(path: string): string[];
    array(path: string): Hdf5Array | null;
    close(): void;
}
/**
 * Opens an HDF5 file inside the library's own memory file system, which holds nothing but that file:
 * its bytes come from `source` as they are needed. Throws `not-hdf5`, `lfs-pointer`, `file-empty` or `hdf5-damaged`.
 */
export declare function openHdf5(source: ByteSource): Promise<Hdf5File>;
/** The library's memory file system, with libhdf5's own error traces switched off: every failure becomes one typed error instead. */
export declare function quietFileSystem(): Promise<MemoryFileSystem>;
/** The part of Emscripten's FS that is used here and that the library's types leave out. */
interface MemoryFileSystem {
    createFile(parent: string, name: string, properties: object, canRead: boolean, canWrite: boolean): {
        usedBytes: number;
        stream_ops: StreamOps;
    };
    getStream(descriptor: number): {
        stream_ops: StreamOps;
    };
    unlink(path: string): void;
    writeFile(path: string, bytes: Uint8Array): void;
    readFile(path: string): Uint8Array;
}
type Transfer = (stream: unknown, heap: Int8Array, at: number, length: number, offset: number) => number;
interface StreamOps {
    read?: Transfer;
    write?: Transfer;
}
/** Bytes in this machine's order to the values that they are, by element type. */
export declare const decoders: Record<string, (bytes: ArrayBuffer) => TypedArray>;
export {};
