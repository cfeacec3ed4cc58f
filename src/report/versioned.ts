import { failure } from '../errors.ts';
import type { Checked } from '../schema.ts';

const version = 1, deepest = 20;

/** Reads a JSON text by somebody else, a `report` or a `manifest`, against the schema of this version; `name` is how messages call it. Throws `report-version`, `report-invalid`, `manifest-version` or `manifest-invalid`. */
export function parseVersioned<T>(text: string, name: string, kind: 'report' | 'manifest', check: (value: unknown) => Checked<T>): T {
  const invalid = (cause: string) => failure(`${kind}-invalid`, name, { cause });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalid('is no JSON, or was cut short');
  }
  if (isDeeper(value, deepest)) throw invalid(`is nested deeper than any ${kind}`);
  const found = typeof value === 'object' && value !== null ? (value as { schemaVersion?: unknown }).schemaVersion : undefined;
  if (found !== version) throw failure(`${kind}-version`, name, { version: JSON.stringify(found) ?? 'none' });
  const checked = check(value);
  if ('problem' in checked) throw invalid(`does not fit its schema: ${checked.problem}`);
  return checked.value;
}

function isDeeper(value: unknown, levels: number): boolean {
  return typeof value === 'object' && value !== null && (levels === 0 || Object.values(value).some((part) => isDeeper(part, levels - 1)));
}
