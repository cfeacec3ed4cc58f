import type { Static, TSchema } from '@sinclair/typebox';
/** The outcome of `checker`: the value with its defaults, or what is wrong in a few words. */
export type Checked<T> = {
    value: T;
} | Problem;
/** What is wrong with a value, and the key of its first level that it is wrong at; empty where it is the value itself. */
export interface Problem {
    problem: string;
    fix: string;
    key: string;
}
/** A function that validates a copy of a value and fills in the defaults. `schema` is compiled when it is first needed. */
export declare function checker<S extends TSchema>(schema: S): (value: unknown) => Checked<Static<S>>;
/** `checker` of a schema without defaults for what may be large: the value itself, not a copy, and its first problem, not one for each part. */
export declare const checkerInPlace: <S extends TSchema>(schema: S) => (value: unknown) => Checked<(S & {
    params: [];
})["static"]>;
/** The value in a JSON text, if a checker of it finds nothing wrong; else null. */
export declare function parsedBy<T>(check: (value: unknown) => Checked<T>, text: string): T | null;
/** The known name closest to a mistyped one. */
export declare function nearest(name: string, known: readonly string[]): string;
/** Up to three known names, the closest to a mistyped one first. */
export declare function nearestFew(name: string, known: readonly string[]): string[];
/** How many letters must be put in, left out or replaced to make one name of the other. */
export declare const edits: (one: string, other: string) => number;
