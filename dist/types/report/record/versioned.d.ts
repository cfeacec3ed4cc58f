import type { Checked } from '../../base/schema.ts';
import { Weight } from './weight.ts';
/** A JSON text, or its bytes block by block. */
export type Json = string | Iterable<Uint8Array>;
/** The value of a JSON text by somebody else, a `report` or a `manifest`; `name` is how messages call it. Throws `report-size`, `report-invalid` or `manifest-invalid`. */
export declare function parseJson(json: Json, name: string, kind: 'report' | 'manifest'): unknown;
/** The same, added to the weight of others. Throws SyntaxError for what is no JSON. */
export declare function readWeighed(json: Json, name: string, weight: Weight): unknown;
/** Holds a value of `parseJson` against the schema of this version. Throws `report-version`, `report-invalid`, `manifest-version` or `manifest-invalid`. */
export declare function checkVersioned<T>(value: unknown, name: string, kind: 'report' | 'manifest', check: (value: unknown) => Checked<T>): T;
