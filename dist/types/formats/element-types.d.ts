export type TypedArray = Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array | BigInt64Array | BigUint64Array | Float32Array | Float64Array;
/** Bytes in this machine's order to the values that they are, by element type. */
export declare const decoders: Record<string, (bytes: ArrayBuffer) => TypedArray>;
/** The decoder of an array. Throws `data-dtype` where its values are no numbers. */
export declare function decoderOf(dtype: string, name: string, file: string): (bytes: ArrayBuffer) => TypedArray;
/** The element type in numpy's words, or the kind of it where it is neither integer nor float. */
export declare function dtypeOf({ type, signed, size, array_type, enum_type, }: {
    type: number;
    signed: boolean;
    size: number;
    array_type?: unknown;
    enum_type?: {
        members: Record<string, number>;
    };
}): string;
