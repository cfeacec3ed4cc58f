/** A file's bytes as they are written, in any order. They stand in memory once, where there is room for all of them from the beginning. */
export declare class WrittenBytes {
    private all;
    size: number;
    /** Of which `room` bytes are taken beforehand; what is not written yet is 0, and memory that a system need not give. */
    constructor(room: number, all?: Uint8Array<ArrayBuffer>, size?: number);
    /** A copy of `bytes` to change. */
    static of(bytes: Uint8Array): WrittenBytes;
    /** All bytes, without a copy. */
    get bytes(): Uint8Array;
    resize(size: number): void;
    read(target: Uint8Array, offset: number): number;
    /** Writes within its size. */
    write(content: Uint8Array, offset: number): void;
}
