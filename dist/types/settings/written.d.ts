import { type Static, type TSchema, type TUnsafe } from '@sinclair/typebox';
/** A schema of what people write in several forms, and how the one form is made of them that goodnet goes on with. */
export declare const reading: <S extends TSchema, T>(schema: S, how: (written: Static<S>) => T) => TUnsafe<T>;
/** A list; one of a single entry may be written without brackets. */
export declare const list: <S extends TSchema>(items: S, { description, default: fallback, ...options }: {
    description: string;
    default?: readonly Static<S>[];
} & ListOptions) => TUnsafe<Static<S>[]>;
interface ListOptions {
    minItems: number;
    uniqueItems?: boolean;
}
/** What a limit is counted in. */
export type Unit = 'percent' | 'points';
/** A limit from 0 to 100: a number, or a text with a percent sign. With `unit`, a number up to 1 is refused: it may be meant as a fraction. */
export declare const limit: (description: string, of?: Unit) => TUnsafe<number>;
/** What a flag or an input makes of its text: a number where the schema takes one, a list of numbers or of words, or the text itself. */
export declare function shapeOf(schema: TSchema): 'number' | 'numbers' | 'words' | 'text';
/** Checked settings in the form that goodnet goes on with. */
export declare function inOneForm<T extends object>(properties: Record<string, TSchema>, settings: T): T;
/** Settings as people write them: a limit that a fraction could be meant by has a percent sign. */
export declare function asWritten<T extends object>(properties: Record<string, TSchema>, settings: T): T;
/** The first limit that may be meant as a fraction, and what to write instead. */
export declare function fractionAmong(properties: Record<string, TSchema>, settings: object): {
    key: string;
    problem: string;
    fix: string;
} | null;
export {};
