/** A file format that is known by a text which stands in its files `at` an offset in bytes. */
export interface Magic {
    at: number;
    text: string;
}
/** Whether bytes hold that text there. */
export declare const holds: (bytes: Uint8Array, { at, text }: Magic) => boolean;
