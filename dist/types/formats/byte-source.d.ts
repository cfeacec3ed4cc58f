/** Bytes that can be read at any offset: a file on disk, or an array in memory. Offsets and sizes in bytes. */
export interface ByteSource {
    readonly name: string;
    readonly size: number;
    read(target: Uint8Array, offset: number): number;
}
/** The bytes of a file that is in memory. */
export declare const inMemory: (name: string, bytes: Uint8Array) => ByteSource;
