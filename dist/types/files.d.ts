/** A regular file opened for reading: it stays the same file, even if its name is given to another one meanwhile. */
export interface OpenFile {
    readonly name: string;
    readonly size: number;
    /** SHA-256 of the bytes that are read, in hex. */
    readonly sha256: string;
    read(target: Uint8Array, offset: number): number;
    close(): void;
}
/** A file named in a config or on the command line, with the SHA-256 that it must have, if one is pinned. */
export interface PinnedFile {
    file: string;
    sha256?: string;
}
/** Opens and hashes `path`; `name` is how messages call it. Throws `file-missing`, `file-unreadable`, `file-size` or `file-hash`. */
export declare function openFile(path: string, { file: name, sha256: pinned }: PinnedFile, maxBytes?: number): OpenFile;
/** Whether a folder stands at `path`; what cannot be looked at is none. */
export declare function isFolder(path: string): boolean;
/** What stands in a folder under a name; a link is neither file nor folder. */
export interface FolderEntry {
    name: string;
    isFile(): boolean;
    isDirectory(): boolean;
}
/** The entries of a folder. Throws `file-unreadable`. */
export declare function listFolder(path: string, name: string): FolderEntry[];
/** The whole content of an open file. */
export declare function readAll(file: OpenFile): Uint8Array;
