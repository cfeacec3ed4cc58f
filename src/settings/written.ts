import { type Static, type TSchema, type TUnsafe, Type } from '@sinclair/typebox';

/** Marks that a schema's JSON does not show. */
const read: unique symbol = Symbol('read'),
  unit: unique symbol = Symbol('unit');

/** A schema of what people write in several forms, and how the one form is made of them that goodnet goes on with. */
export const reading = <S extends TSchema, T>(schema: S, how: (written: Static<S>) => T): TUnsafe<T> => ({
  ...Type.Unsafe<T>(schema),
  [read]: how,
});

/** A list; one of a single entry may be written without brackets. */
export const list = <S extends TSchema>(
  items: S,
  { description, default: fallback, ...options }: { description: string; default?: readonly Static<S>[] } & ListOptions,
): TUnsafe<Static<S>[]> =>
  reading(
    Type.Union([items, Type.Array(items, options)], {
      description,
      ...(fallback === undefined ? {} : { default: fallback }),
    }),
    (written) => (Array.isArray(written) ? written : [written]) as Static<S>[],
  );

interface ListOptions {
  minItems: number;
  uniqueItems?: boolean;
}

/** What a limit is counted in. */
export type Unit = 'percent' | 'points';

/** A limit from 0 to 100: a number, or a text with a percent sign. With `unit`, a number up to 1 is refused: it may be meant as a fraction. */
export const limit = (description: string, of?: Unit): TUnsafe<number> => ({
  ...reading(
    Type.Union(
      [
        Type.Number({ minimum: 0, maximum: 100 }),
        Type.String({
          pattern: '^(100(\\.0*)?|(\\d{1,2}(\\.\\d*)?|\\.\\d+)([eE]-\\d+)?)\\s*%$',
          title: 'a number from 0 up to 100, as 85 or 0.85%',
        }),
      ],
      { description },
    ),
    (written) => (typeof written === 'number' ? written : Number(written.replace('%', ''))),
  ),
  ...(of === undefined ? {} : { [unit]: of }),
});

/** What a flag or an input makes of its text: a number where the schema takes one, a list of numbers or of words, or the text itself. */
export function shapeOf(schema: TSchema): 'number' | 'numbers' | 'words' | 'text' {
  const branches = [schema, ...((schema['anyOf'] as TSchema[] | undefined) ?? [])];
  const takesNumber = branches.some(({ type }) => type === 'number' || type === 'integer');
  if (branches.some(({ type }) => type === 'array')) return takesNumber ? 'numbers' : 'words';
  return takesNumber ? 'number' : 'text';
}

/** Checked settings in the form that goodnet goes on with. */
export function inOneForm<T extends object>(properties: Record<string, TSchema>, settings: T): T {
  const own = (name: string, value: unknown): unknown => {
    const how = (properties[name] as { [read]?: (written: unknown) => unknown } | undefined)?.[read];
    return how === undefined ? value : how(value);
  };
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, own(name, value)])) as T;
}

/** Settings as people write them: a limit that a fraction could be meant by has a percent sign. */
export function asWritten<T extends object>(properties: Record<string, TSchema>, settings: T): T {
  const own = (name: string, value: unknown): unknown =>
    likeFraction(properties[name], value) === null ? value : `${String(value)}%`;
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, own(name, value)])) as T;
}

/** The first limit that may be meant as a fraction, and what to write instead. */
export function fractionAmong(
  properties: Record<string, TSchema>,
  settings: object,
): { key: string; problem: string; fix: string } | null {
  for (const [key, value] of Object.entries(settings)) {
    const of = likeFraction(properties[key], value);
    if (of === null) continue;
    const meant = Number((100 * (value as number)).toPrecision(12));
    return {
      key,
      problem: `\`${key}\` is ${String(value)}, and is counted in ${of}`,
      fix: `write ${meant}, or \`${String(value)}%\` if so little is meant`,
    };
  }
  return null;
}

/** The unit of a limit whose value is above 0 and at most 1; null where it is none. */
function likeFraction(schema: TSchema | undefined, value: unknown): Unit | null {
  const of = (schema as { [unit]?: Unit } | undefined)?.[unit];
  return of !== undefined && typeof value === 'number' && value > 0 && value <= 1 ? of : null;
}
