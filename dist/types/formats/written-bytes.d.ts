/** What a file's bytes are written to, in any order. */
export interface Written {
    readonly size: number;
    /** What is added is 0. */
    resize(size: number): void;
    /** Answers how many bytes there were. */
    read(target: Uint8Array, offset: number): number;
    /** Writes within its size. */
    write(content: Uint8Array, offset: number): void;
}
/** Writes a file as a whole. */
export declare function writeAll(content: Written, bytes: Uint8Array): void;
/** A file's bytes as they are written, in memory. */
export declare class WrittenBytes implements Written {
    private all;
    size: number;
    constructor(all?: Uint8Array<ArrayBuffer>, size?: number);
    /** A copy of `bytes` to change. */
    static of(bytes: Uint8Array): WrittenBytes;
    /** All bytes, without a copy. */
    get bytes(): Uint8Array;
    resize(size: number): void;
    read(target: Uint8Array, offset: number): number;
    write(content: Uint8Array, offset: number): void;
}
