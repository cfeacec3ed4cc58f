/** What a library decodes: four bytes a pixel, red, green, blue and how opaque it is. */
export interface Decoded {
    data: Uint8ClampedArray;
    width: number;
    height: number;
}
/** Starts a decoder of the jSquash family from its .wasm file `place`; `options` are given with each image. */
export declare function startCodec(library: unknown, place: string, ...options: boolean[]): Promise<(bytes: Uint8Array) => Decoded | null>;
