import type { TProperties, TSchema } from '@sinclair/typebox';
/**
 * What a setting is for. `data`: which images are measured, and how they are made ready. `measure`: what else a figure depends on. `limit`: what
 * the verdict depends on besides. `trust`: whose figures are believed, which no honest figure depends on. `place`: where files are. `machine`: what
 * a run may take, and no figure depends on.
 */
export type Role = 'data' | 'measure' | 'limit' | 'trust' | 'place' | 'machine';
/** What a setting names: a file that is read, a pattern of such, or one that is written. */
export type Named = 'file' | 'pattern' | 'written';
/** A setting without which another says nothing, and what to do then. */
export interface Need {
    setting: string;
    fix: string;
}
/** An entry of the schema of settings, with its role. */
export declare const setting: <S extends TSchema>(is: Role, schema: S) => S;
/** A schema whose values name files. */
export declare const naming: <S extends TSchema>(what: Named, schema: S) => S;
/** A setting that says nothing where another is not given. */
export declare const needing: <S extends TSchema>(need: Need, schema: S) => S;
export declare const roleOf: (schema: TSchema) => Role | undefined;
export declare const namedBy: (schema: TSchema) => Named | undefined;
export declare const needOf: (schema: TSchema) => Need | undefined;
/** The names of the settings with one of these roles, in the order of the schema. */
export declare const withRole: <P extends TProperties>({ properties }: {
    properties: P;
}, ...roles: readonly Role[]) => (keyof P & string)[];
