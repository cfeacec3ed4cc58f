/** A regular file opened for reading: it stays the same file, even if its name is given to another one meanwhile. */
export interface OpenFile {
    readonly name: string;
    readonly size: number;
    /** SHA-256 of the bytes that are read, in hex. */
    readonly sha256: string;
    readonly descriptor: number;
    /** When it was last written before it was hashed, in nanoseconds. */
    readonly written: bigint;
    /** SHA-256 of each of its blocks, one after another. */
    readonly blocks: Uint8Array;
    /** Reads at an offset in bytes: bytes that were hashed, whatever the file's times say. Throws `file-unreadable` if it was written to since. */
    read(target: Uint8Array, offset: number): number;
    close(): void;
}
/** A file named in a config or on the command line, with the SHA-256 that it must have, if one is pinned. */
export interface PinnedFile {
    file: string;
    sha256?: string;
    /** The file, where this process has it open and hashed already: read from there, and left open. */
    held?: HeldFile;
}
/** An open file as other threads of the process take it over. */
export type HeldFile = Pick<OpenFile, 'descriptor' | 'size' | 'sha256' | 'written' | 'blocks'>;
/** Opens and hashes `path`; `name` is how messages call it. Throws `file-missing`, `file-unreadable`, `file-size` or `file-hash`. */
export declare function openFile(path: string, pinned: PinnedFile, maxBytes?: number): OpenFile;
/** `openFile` for a file that takes long to hash: `signal` ends it, and its reason is thrown. */
export declare function openLargeFile(path: string, pinned: PinnedFile, maxBytes: number, signal: AbortSignal | undefined): Promise<OpenFile>;
/** The SHA-256 of a file in hex. Throws as `openFile` does. */
export declare function hashFile(path: string, pinned: PinnedFile): string;
/** The whole content of an open file: the bytes that its hash is of. Throws `file-unreadable`. */
export declare const readAll: (file: OpenFile) => Uint8Array;
/** What `readAll` reads, block by block; each is overwritten by the next. Throws `file-unreadable`. */
export declare function blocksOf(file: OpenFile): Generator<Uint8Array>;
/** `readAll` for a file that takes long to read: `signal` ends it, and its reason is thrown. */
export declare const readAllOfLarge: (file: OpenFile, signal: AbortSignal | undefined) => Promise<Uint8Array>;
