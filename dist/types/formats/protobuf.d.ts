/**
 * How the values of a field are written: a number of a varint, of up to 64 bits or 32 of them, a float32, text, bytes as
 * they stand, or a message of that name.
 */
type Kind = 'int' | 'int32' | 'float' | 'text' | 'bytes' | {
    of: string;
};
/** Numbers in a row. */
type Row = 'ints' | 'int32s' | 'floats';
/** A field by its number: one value, numbers in a row, or `many` of a kind. */
export type Field = readonly [number, Kind] | readonly [number, Row] | readonly [number, Kind, 'many'];
/** The fields of each message by name. */
export type Messages = Readonly<Record<string, Readonly<Record<string, Field>>>>;
type Plain<T extends Messages, K> = K extends 'int' | 'int32' | 'float' ? number : K extends 'text' ? string : K extends 'bytes' ? Uint8Array : K extends {
    of: infer N extends keyof T;
} ? Message<T, N> : never;
type Value<T extends Messages, F> = F extends readonly [number, Row] ? number[] : F extends readonly [number, infer K, 'many'] ? Plain<T, K>[] : F extends readonly [number, infer K] ? Plain<T, K> | undefined : never;
/** A message: a field that is not there is undefined, or an empty list. */
export type Message<T extends Messages, N extends keyof T> = {
    -readonly [F in keyof T[N]]: Value<T, T[N][F]>;
};
/** Why bytes are no message. */
export declare class ProtobufError extends Error {
}
/**
 * Reads the message `name`, all of it: a field that the table does not have, one that is written otherwise, or a second value where one is meant is an
 * error. Bytes are parts of the given ones. Throws ProtobufError.
 */
export declare function readMessage<T extends Messages, N extends keyof T & string>(messages: T, name: N, bytes: Uint8Array): Message<T, N>;
/** The bytes of a message: fields in the order of the table. */
export declare function writeMessage<T extends Messages, N extends keyof T & string>(messages: T, name: N, message: Partial<Message<T, N>>): Uint8Array;
export {};
