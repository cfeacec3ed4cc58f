import { type Config, configSchema } from '../../settings/config.ts';
import { withRole } from '../../settings/roles.ts';
import { type Candidate, type Change, stageOf } from '../../verdict/figures.ts';
import type { Changes } from '../../verdict/gate.ts';
import { type Report, settingsIn } from './report.ts';

/** Settings that choose and shape the images: runs with the same are measured on the same data. */
const ofData = withRole(configSchema, 'data');

/** What of an earlier run's report a comparison needs, and the file that it was read from. */
export type Baseline = Pick<Report, 'config' | 'inputs' | 'models'> & { file: Report['inputs'][number] | null };

/** A report that nothing can be compared with. */
export const noBaseline: Baseline = { config: {}, inputs: [], models: [], file: null };

/** A path however it was spelled: `./nets/a.h5`, `nets/x/../a.h5` and `nets\\a.h5` are `nets/a.h5`. */
const place = (path: string): string =>
  path
    .split(/[\\/]/)
    .reduce<string[]>((parts, part, i) => {
      if (part === '.' || (part === '' && i > 0)) return parts;
      return part === '..' && !['', '..', undefined].includes(parts.at(-1)) ? parts.slice(0, -1) : [...parts, part];
    }, [])
    .join('/');

/** What a run was measured on: its data by SHA-256, wherever the files lay, and the settings by which images are made of them. */
export function dataIdentity(
  config: object,
  inputs: readonly { path: string; sha256: string; samples: number | null }[],
): string {
  const hashes = hashesOf(inputs);
  return JSON.stringify([[...dataSettings(config, hashes)], [...hashes.values()].sort()]);
}

/** Why figures of two runs cannot be compared, in a few words; null if they were measured on the same data in the same way. */
export function otherData(
  one: Pick<Report, 'config' | 'inputs'>,
  other: Pick<Report, 'config' | 'inputs'>,
): string | null {
  const [first, second] = [one, other].map(({ config, inputs }) => dataSettings(settingsIn(config), hashesOf(inputs)));
  const names = [...new Set([...first!.keys(), ...second!.keys()])].filter(
    (name) => JSON.stringify(first!.get(name)) !== JSON.stringify(second!.get(name)),
  );
  const words: Record<string, string> = { clean: 'other clean images', attacks: 'other attacks' };
  return names.length === 0 ? null : names.map((name) => words[name] ?? `another ${name}`).join(', ');
}

/** SHA-256 of the data files by their paths. */
export const hashesOf = (
  inputs: readonly { path: string; sha256: string; samples: number | null }[],
): Map<string, string> =>
  new Map(inputs.filter(({ samples }) => samples !== null).map(({ path, sha256 }) => [path, sha256]));

/** The settings that choose and shape the images, by name, with each file's content in place of its own name; not those that say what goes without saying. */
function dataSettings(config: object, hashes: ReadonlyMap<string, string>): Map<string, unknown> {
  return new Map(
    Object.entries(config)
      .filter(([name, value]) => ofData.includes(name as keyof Config) && !isDefault(name as keyof Config, value))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => [name, named(value, hashes)]),
  );
}

const isDefault = (name: keyof Config, value: unknown): boolean =>
  JSON.stringify(value) === JSON.stringify((configSchema.properties[name] as { default?: unknown }).default);

/** A setting with each file's content in place of its name; a pinned file is that file, datasets that are named beside it are these. */
function named(value: unknown, hashes: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return hashes.get(value) ?? value;
  if (typeof value !== 'object' || value === null) return value;
  if ('file' in value) {
    const { file, sha256: _, ...datasets } = value as { file: unknown; sha256?: string };
    return Object.keys(datasets).length === 0 ? named(file, hashes) : [named(file, hashes), entriesOf(datasets)];
  }
  return Array.isArray(value)
    ? value.map((part) => named(part, hashes))
    : entriesOf(value).map(([key, part]) => [key, named(part, hashes)]);
}

const entriesOf = (value: object): [string, unknown][] => Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));

/** Each candidate's change since the baseline's candidate of the same model, kind and stage; null figures where the data differs or there is none. */
export function changesSince(
  baseline: Baseline,
  path: string,
  candidates: readonly Candidate[],
  data: string,
): Changes[] {
  const config = settingsIn(baseline.config);
  const before =
    dataIdentity(config, baseline.inputs) === data
      ? baseline.models.find((model) => place(model.path) === place(path))
      : undefined;
  return candidates.map((candidate) => {
    const old = before?.candidates.find(
      (other) => other.kind === candidate.kind && stageOf(other) === stageOf(candidate),
    );
    const change = (split: 'validation' | 'test'): Change => ({
      accuracy: difference(candidate[split]?.accuracy, old?.[split]?.accuracy),
      asr: difference(candidate[split]?.maxAsr, old?.[split]?.maxAsr),
    });
    return { validation: change('validation'), test: change('test') };
  });
}

const difference = (now: number | null | undefined, then: number | null | undefined): number | null =>
  now == null || then == null ? null : now - then;
