import { failure } from '../../base/errors.ts';
import { limits } from '../../base/limits.ts';
import type { Checked } from '../../base/schema.ts';
import { readLargeJson } from './large-json.ts';
import { Weight } from './weight.ts';

const version = 1;

/** A JSON text, or its bytes block by block. */
export type Json = string | Iterable<Uint8Array>;

/** What goodnet reads of what it wrote. */
export type Kind = 'report' | 'manifest' | 'scan';

/** The value of a JSON text by somebody else; `name` is how messages call it. Throws `report-size`, and `KIND-invalid`. */
export function parseJson(json: Json, name: string, kind: Kind, weight = new Weight(kind)): unknown {
  try {
    return readWeighed(json, name, weight);
  } catch (error) {
    if (error instanceof SyntaxError) throw failure(`${kind}-invalid`, name, { cause: 'is no JSON, or was cut short' });
    throw error;
  }
}

/** The same, added to the weight of others. Throws SyntaxError for what is no JSON. */
export function readWeighed(json: Json, name: string, weight: Weight): unknown {
  try {
    return readLargeJson(typeof json === 'string' ? [Buffer.from(json)] : json, (part) => weight.add(part, name));
  } catch (error) {
    if (error instanceof RangeError) throw failure('report-size', name, { most: limits.reportMemory });
    throw error;
  }
}

/** Holds a value of `parseJson` against the schema of this version. Throws `KIND-version` or `KIND-invalid`. */
export function checkVersioned<T>(value: unknown, name: string, kind: Kind, check: (value: unknown) => Checked<T>): T {
  const found =
    typeof value === 'object' && value !== null ? (value as { schemaVersion?: unknown }).schemaVersion : undefined;
  if (found !== version) throw failure(`${kind}-version`, name, { version: JSON.stringify(found) ?? 'none' });
  const checked = check(value);
  if ('problem' in checked)
    throw failure(`${kind}-invalid`, name, { cause: `does not fit its schema: ${checked.problem}` });
  return checked.value;
}
