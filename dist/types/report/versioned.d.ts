import type { Checked } from '../schema.ts';
/** Reads a JSON text by somebody else, a `report` or a `manifest`, against the schema of this version; `name` is how messages call it. Throws `report-version`, `report-invalid`, `manifest-version` or `manifest-invalid`. */
export declare function parseVersioned<T>(text: string, name: string, kind: 'report' | 'manifest', check: (value: unknown) => Checked<T>): T;
