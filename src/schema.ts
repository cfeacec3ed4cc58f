import { Ajv, type ErrorObject } from 'ajv';
import { closest, distance } from 'fastest-levenshtein';
import type { Static, TSchema } from '@sinclair/typebox';

const ajv = new Ajv({ allErrors: false, useDefaults: true, strict: true, allowUnionTypes: true });
ajv.addKeyword('x-flag');

/** The outcome of `checker`: the value with its defaults, or what is wrong in a few words. */
export type Checked<T> = { value: T } | { problem: string; fix: string };

/** Compiles `schema` once; the returned function validates a copy of a value and fills in the defaults. */
export function checker<S extends TSchema>(schema: S): (value: unknown) => Checked<Static<S>> {
  const validate = ajv.compile(schema);
  return (value) => {
    const copy: unknown = structuredClone(value);
    if (validate(copy)) return { value: copy as Static<S> };
    return explain(validate.errors ?? [], schema);
  };
}

function explain(errors: readonly ErrorObject[], schema: TSchema): { problem: string; fix: string } {
  const error = errors[0];
  const at = (error?.instancePath ?? '').slice(1).replaceAll('/', '.');
  const name = at ? `\`${at}\`` : 'the value';
  if (error?.keyword === 'additionalProperties') {
    const key = String(error.params['additionalProperty']);
    const known = at === '' ? Object.keys((schema['properties'] ?? {}) as object) : [];
    const fix = known.length > 0 ? `did you mean \`${nearest(key, known)}\`?` : 'remove it';
    return { problem: `unknown key \`${at ? `${at}.` : ''}${key}\``, fix };
  }
  if (error?.keyword === 'enum' || error?.keyword === 'const') {
    const allowed = errors.filter((other) => other.instancePath === error.instancePath).flatMap(({ params }) => (params['allowedValues'] ?? params['allowedValue'] ?? []) as unknown);
    return { problem: `${name} has a value that is not allowed`, fix: `use ${allowed.map((v) => JSON.stringify(v)).join(' or ')}` };
  }
  return { problem: `${name} ${error?.message ?? 'is not valid'}`, fix: 'correct the value' };
}

/** The known name closest to a mistyped one. */
export function nearest(name: string, known: readonly string[]): string {
  return closest(name, [...known]);
}

/** Up to three known names, the closest to a mistyped one first. */
export function nearestFew(name: string, known: readonly string[]): string[] {
  return [...known].sort((a, b) => distance(name, a) - distance(name, b)).slice(0, 3);
}
