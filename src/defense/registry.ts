import type { Config } from '../settings/config.ts';
import { finePruning } from './fine-pruning/fine-pruning.ts';
import { pruning } from './pruning/pruning.ts';
import { unlearning } from './unlearning/unlearning.ts';

/** All defenses, in the order in which they propose. */
export const defenses = [pruning, finePruning, unlearning] as const;

/** Those that the settings ask for. */
export const defensesOf = (config: Pick<Config, 'defenses'>): Entry[] =>
  defenses.filter(({ name }) => config.defenses.includes(name));

type Entry = (typeof defenses)[number];
type AllOf<U> = (U extends unknown ? (each: U) => void : never) extends (all: infer I) => void ? I : never;

/** What all defenses add to the record of a model. */
export const traces = Object.assign({}, ...defenses.map(({ trace }) => trace)) as AllOf<Entry['trace']>;

export type Trace = AllOf<ReturnType<ReturnType<Entry['recall']>['trace']>>;

/** What some defense finds. */
export type DefenseFinding = Parameters<Entry['sentence']>[0];

type FindingSchema = Entry['findings'][number];

/** The schemas of what defenses find, each once. */
export const findingSchemas = [...new Set(defenses.flatMap(({ findings }): FindingSchema[] => [...findings]))];

/** What a defense found, in words. */
export function defenseSentence(finding: DefenseFinding, trace: Partial<Trace>): string {
  const found = defenses.find(({ findings }) =>
    findings.some(({ properties }: FindingSchema) => properties.code.const === finding.code),
  )!;
  return (found.sentence as (finding: DefenseFinding, trace: Partial<Trace>) => string)(finding, trace);
}
