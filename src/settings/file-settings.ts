import type { TSchema } from '@sinclair/typebox';
import { type Config, configSchema } from './config.ts';
import type { FileSetting, ImageFileSetting } from './data-schema.ts';
import { type Named, namedBy } from './roles.ts';

/** Settings with `change` applied to the name of every file and model that is read. */
export const mapFiles = <C extends Partial<Config>>(settings: C, change: (file: string) => string): C =>
  mapped(configSchema, settings, change) as C;

/** The name of every file, folder of images and model that the settings have read. */
export function namedFiles(settings: Partial<Config>): string[] {
  const names: string[] = [];
  mapFiles(settings, (file) => (names.push(file), file));
  return names;
}

/** The same without the models: what all of them share. */
export const sharedFiles = ({ models: _, ...settings }: Partial<Config>): string[] => namedFiles(settings);

/** The file and the folder that the settings have written. */
export const writtenFiles = (settings: Config): string[] =>
  namesWhere((what) => what === 'written').flatMap((name) => (settings[name] as string | undefined) ?? []);

/** The settings that name files that are read, or patterns of such. */
export const readSettings = namesWhere((what) => what === 'file' || what === 'pattern');

/** The settings that say where files lie, and nothing of what is in them. */
export const fileSettings = namesWhere((what) => what !== undefined);

function namesWhere(wanted: (what: Named | undefined) => boolean): (keyof Config)[] {
  const holds = (schema: TSchema): boolean => wanted(namedBy(schema)) || partsOf(schema).some(holds);
  return (Object.keys(configSchema.properties) as (keyof Config)[]).filter((name) =>
    holds(configSchema.properties[name]),
  );
}

/** The parts of a schema. */
interface Parts {
  properties?: Record<string, TSchema>;
  patternProperties?: Record<string, TSchema>;
  items?: TSchema | TSchema[];
  anyOf?: TSchema[];
}

function partsOf(schema: TSchema): TSchema[] {
  const { properties, patternProperties, items = [], anyOf = [] } = schema as TSchema & Parts;
  return [...Object.values({ ...properties, ...patternProperties }), ...[items].flat(), ...anyOf];
}

/** What the schema does not know, in settings that nobody checked yet, stays as it is. */
function mapped(schema: TSchema | undefined, value: unknown, change: (file: string) => string): unknown {
  if (schema === undefined) return value;
  const what = namedBy(schema);
  if (what === 'pattern') return patternMapped(value as string, change);
  if (what === 'file') return fileMapped(value as FileSetting | ImageFileSetting, change);
  const { anyOf } = schema as TSchema & Parts;
  if (anyOf !== undefined) return mapped(branchFor(value, anyOf), value, change);
  if (Array.isArray(value)) return value.map((part) => mapped(schema.items as TSchema | undefined, part, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, part]) => part !== undefined)
      .map(([name, part]) => [name, mapped(partOf(schema, name), part, change)]),
  );
}

/** A list by the branch of lists, all else by the other one. */
const branchFor = (value: unknown, anyOf: readonly TSchema[]): TSchema | undefined =>
  anyOf.find(({ type }) => (type === 'array') === Array.isArray(value));

/** The schema of a part by its name, whatever the name where all parts are alike. */
function partOf(schema: TSchema, name: string): TSchema | undefined {
  const { properties = {}, patternProperties = {} } = schema as TSchema & Parts;
  return Object.hasOwn(properties, name) ? properties[name] : Object.values(patternProperties)[0];
}

const patternMapped = (pattern: string, change: (file: string) => string): string =>
  pattern.startsWith('!') ? `!${change(pattern.slice(1))}` : change(pattern);

const fileMapped = (file: FileSetting | ImageFileSetting, change: (file: string) => string) =>
  typeof file === 'string' ? change(file) : { ...file, file: change(file.file) };
