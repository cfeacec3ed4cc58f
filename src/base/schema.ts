import type { ErrorObject } from 'ajv';
import { closest, distance } from 'fastest-levenshtein';
import type { Static, TSchema } from '@sinclair/typebox';
import { validatorOf } from './validator.ts';
import type { Manner } from './validator-options.ts';

/** The outcome of `checker`: the value with its defaults, or what is wrong in a few words. */
export type Checked<T> = { value: T } | Problem;

/** What is wrong with a value, and the key of its first level that it is wrong at; empty where it is the value itself. */
export interface Problem {
  problem: string;
  fix: string;
  key: string;
}

/** A function that validates a copy of a value and fills in the defaults. `schema` is compiled when it is first needed. */
export function checker<S extends TSchema>(schema: S): (value: unknown) => Checked<Static<S>> {
  const check = holding('filling', schema);
  return (value) => check(structuredClone(value));
}

/** `checker` of a schema without defaults for what may be large: the value itself, not a copy, and its first problem, not one for each part. */
export const checkerInPlace = <S extends TSchema>(schema: S) => holding('inPlace', schema);

/** The value in a JSON text, if a checker of it finds nothing wrong; else null. */
export function parsedBy<T>(check: (value: unknown) => Checked<T>, text: string): T | null {
  try {
    const checked = check(JSON.parse(text));
    return 'problem' in checked ? null : checked.value;
  } catch {
    return null;
  }
}

function holding<S extends TSchema>(manner: Manner, schema: S): (value: unknown) => Checked<Static<S>> {
  const validator = validatorOf(manner, schema);
  return (value) => {
    const validate = validator();
    return validate(value) ? { value: value as Static<S> } : explain(validate.errors ?? []);
  };
}

/** Words for the error that says most: an unknown key before a value, and of a union's branches the one that goes deepest. */
function explain(errors: readonly ErrorObject[]): Problem {
  const depth = ({ instancePath }: ErrorObject): number => instancePath.split('/').length;
  const told = errors.filter(({ keyword }) => keyword !== 'anyOf');
  const error =
    told.find(({ keyword }) => keyword === 'additionalProperties') ??
    [...told].sort((a, b) => depth(b) - depth(a) || Number(a.keyword === 'type') - Number(b.keyword === 'type'))[0]!;
  const own = error.params as { additionalProperty?: string; missingProperty?: string };
  const key = error.instancePath.split('/')[1] ?? own.additionalProperty ?? own.missingProperty ?? '';
  return { ...wordsFor(error, told), key };
}

function wordsFor(error: ErrorObject, told: readonly ErrorObject[]): Omit<Problem, 'key'> {
  const at = error.instancePath.slice(1).replaceAll('/', '.');
  const name = at ? `\`${at}\`` : 'the value';
  const { properties, patternProperties } = (error.parentSchema ?? {}) as {
    properties?: object;
    patternProperties?: object;
  };
  switch (error.keyword) {
    case 'additionalProperties': {
      const key = String(error.params['additionalProperty']);
      const problem = `unknown key \`${at ? `${at}.` : ''}${key}\``;
      if (patternProperties !== undefined)
        return {
          problem: `${name} has an entry named ${JSON.stringify(key)}`,
          fix: "start the name with a letter, use letters, digits, - and _ only, and no word of JavaScript's own such as constructor",
        };
      const known = Object.keys(properties ?? {});
      return { problem, fix: known.length > 0 ? `did you mean \`${nearest(key, known)}\`?` : 'remove it' };
    }
    case 'const': {
      const allowed = told
        .filter((other) => other.keyword === 'const' && other.instancePath === error.instancePath)
        .map((other) => JSON.stringify(other.params['allowedValue']));
      return {
        problem: `${name} is ${JSON.stringify(error.data)}, which is not allowed`,
        fix: `use ${allowed.join(' or ')}`,
      };
    }
    case 'required':
      return { problem: `${name} lacks \`${String(error.params['missingProperty'])}\``, fix: 'add it' };
    case 'pattern': {
      const { title } = (error.parentSchema ?? {}) as { title?: string };
      const problem = `${name} is ${JSON.stringify(error.data)}, which `;
      return title === undefined
        ? { problem: `${problem}does not match ${String(error.params['pattern'])}`, fix: 'correct the value' }
        : { problem: `${problem}is not allowed`, fix: `write ${title}` };
    }
    default: {
      const other = told.find(
        ({ keyword, instancePath, parentSchema }) =>
          keyword === 'type' && instancePath === error.instancePath && parentSchema?.['title'] !== undefined,
      );
      if (error.keyword === 'type' && other !== undefined)
        return {
          problem: `${name} is ${JSON.stringify(error.data)}, which is not allowed`,
          fix: `write ${String(other.parentSchema!['title'])}`,
        };
      return {
        problem: `${name} ${error.message ?? 'is not valid'}`,
        fix: fixFor(error.parentSchema as TSchema | undefined),
      };
    }
  }
}

/** What a value of a schema looks like. */
function fixFor(schema: TSchema | undefined): string {
  const { type, minimum, exclusiveMinimum, maximum, minItems } = (schema ?? {}) as {
    type?: string;
    minimum?: number;
    exclusiveMinimum?: number;
    maximum?: number;
    minItems?: number;
  };
  const least =
    minimum !== undefined ? ` from ${minimum}` : exclusiveMinimum !== undefined ? ` above ${exclusiveMinimum}` : '';
  if (type === 'number' || type === 'integer')
    return `write ${type === 'integer' ? 'an integer' : 'a number'}${least}${maximum === undefined ? '' : ` up to ${maximum}`}`;
  if (type === 'array')
    return `write a list${minItems === undefined ? '' : ` of at least ${minItems}`}, each entry once`;
  if (type === 'string') return 'write some text';
  if (type === 'object')
    return `write its keys below it${schema!['properties'] === undefined ? '' : `: ${Object.keys(schema!['properties'] as object).join(', ')}`}`;
  return 'correct the value';
}

/** The known name closest to a mistyped one. */
export function nearest(name: string, known: readonly string[]): string {
  return closest(name, [...known]);
}

/** Up to three known names, the closest to a mistyped one first. */
export function nearestFew(name: string, known: readonly string[]): string[] {
  return [...known].sort((a, b) => distance(name, a) - distance(name, b)).slice(0, 3);
}

/** How many letters must be put in, left out or replaced to make one name of the other. */
export const edits = (one: string, other: string): number => distance(one, other);
