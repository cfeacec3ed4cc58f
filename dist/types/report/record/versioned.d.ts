import type { Checked } from '../../base/schema.ts';
import { Weight } from './weight.ts';
/** A JSON text, or its bytes block by block. */
export type Json = string | Iterable<Uint8Array>;
/** What goodnet reads of what it wrote. */
export type Kind = 'report' | 'manifest' | 'scan';
/** The value of a JSON text by somebody else; `name` is how messages call it. Throws `report-size`, and `KIND-invalid`. */
export declare function parseJson(json: Json, name: string, kind: Kind, weight?: Weight): unknown;
/** The same, added to the weight of others. Throws SyntaxError for what is no JSON. */
export declare function readWeighed(json: Json, name: string, weight: Weight): unknown;
/** Holds a value of `parseJson` against the schema of this version. Throws `KIND-version` or `KIND-invalid`. */
export declare function checkVersioned<T>(value: unknown, name: string, kind: Kind, check: (value: unknown) => Checked<T>): T;
