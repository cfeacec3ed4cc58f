/** A regular file opened for reading: it stays the same file, even if its name is given to another one meanwhile. */
export interface OpenFile extends HeldFile {
    readonly name: string;
    /** SHA-256 of the bytes that are read, in hex. */
    readonly sha256: string;
    /**
     * Reads at an offset in bytes: bytes that the hash is of, whatever the file's times say. Throws `file-unreadable` if it
     * was written to since they were read first.
     */
    read(target: Uint8Array, offset: number): number;
    close(): void;
}
/** A file that is read while it is hashed. A long one has its hash later; it rejects where that is of other bytes than were read. */
export interface HashedFile extends Omit<OpenFile, 'sha256'> {
    readonly sha256: Hash;
}
export type Hash = string | Promise<string>;
/** An open file as other threads of the process take it over. */
export interface HeldFile {
    readonly descriptor: number;
    readonly size: number;
    /** When it was last written before it was opened, in nanoseconds. */
    readonly written: bigint;
    /** SHA-256 of each of its blocks as it was read first, in memory that threads share; words are 0 until then. */
    readonly blocks: Int32Array;
}
/** A file named in a config or on the command line, with the SHA-256 that it must have, if one is pinned. */
export interface PinnedFile {
    file: string;
    sha256?: string;
}
/** Opens and hashes `path`; `name` is how messages call it. Throws `file-missing`, `file-unreadable`, `file-size` or `file-hash`. */
export declare function openFile(path: string, pinned: PinnedFile, maxBytes?: number): OpenFile;
/** `openFile` for a file that takes long to hash: `signal` ends it, and its reason is thrown. */
export declare function openLargeFile(path: string, pinned: PinnedFile, maxBytes: number, signal: AbortSignal | undefined): Promise<OpenFile>;
/**
 * Opens a file that is hashed while it is read: `signal` ends that. One whose hash is pinned is hashed first. Throws as
 * `openFile`.
 */
export declare function openWhileHashed(path: string, pinned: PinnedFile, maxBytes: number, signal: AbortSignal | undefined): Promise<HashedFile>;
/** What a thread reads of a file that is open in another. */
export declare const readingOf: (file: HeldFile, name: string) => {
    read: (target: Uint8Array, offset: number) => number;
    descriptor: number;
    size: number;
    written: bigint;
    blocks: Int32Array;
    name: string;
};
/** The SHA-256 of a file in hex. Throws as `openFile` does. */
export declare function hashFile(path: string, pinned: PinnedFile): string;
/** The whole content of an open file: the bytes that its hash is of. Throws `file-unreadable`. */
export declare const readAll: (file: OpenFile) => Uint8Array;
/** What `readAll` reads, block by block; each is overwritten by the next. Throws `file-unreadable`. */
export declare function blocksOf(file: OpenFile): Generator<Uint8Array>;
/** `readAll` for a file that takes long to read: `signal` ends it, and its reason is thrown. */
export declare const readAllOfLarge: (file: OpenFile, signal: AbortSignal | undefined) => Promise<Uint8Array>;
/** The size of a file in bytes; 0 where none can be seen. */
export declare function sizeOf(path: string): number;
