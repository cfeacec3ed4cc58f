export declare const pngSignature: number[];
/** The chunks that make up a picture; the parts of IDAT joined. */
export interface PngChunks {
    header: Uint8Array;
    palette: Uint8Array | null;
    transparency: Uint8Array | null;
    packed: Uint8Array;
}
/**
 * Takes a PNG apart: every chunk whole and in its place, each that may stand once once, none that makes another picture of it.
 * Source: https://www.w3.org/TR/png-3/, section 5. Throws Error.
 */
export declare function readChunks(bytes: Uint8Array): PngChunks;
/** The name of the chunk that begins at an offset. */
export declare const tagOf: (bytes: Uint8Array, at: number) => string;
