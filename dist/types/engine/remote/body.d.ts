/** A body has more bytes than are taken. */
export declare class BodyTooLarge extends Error {
    constructor(most: number);
}
/** All bytes of a body, whatever its headers say of their number. Throws `BodyTooLarge` as soon as there are more than `most`. */
export declare function readBody(body: ReadableStream<Uint8Array> | null, most: number): Promise<Uint8Array<ArrayBuffer>>;
