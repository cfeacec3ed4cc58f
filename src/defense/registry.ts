import { pruning } from './pruning/pruning.ts';

/** All defenses, in the order in which they propose. */
export const defenses = [pruning] as const;

type Entry = (typeof defenses)[number];
type AllOf<U> = (U extends unknown ? (each: U) => void : never) extends (all: infer I) => void ? I : never;

/** What all defenses add to the record of a model. */
export const traces = Object.assign({}, ...defenses.map(({ trace }) => trace)) as AllOf<Entry['trace']>;

export type Trace = AllOf<ReturnType<ReturnType<Entry['recall']>['trace']>>;

/** What some defense finds. */
export type DefenseFinding = Parameters<Entry['sentence']>[0];

/** The schemas of what defenses find. */
export const findingSchemas = defenses.flatMap(({ findings }) => findings);

/** What a defense found, in words. */
export function defenseSentence(finding: DefenseFinding, trace: Parameters<Entry['sentence']>[1]): string {
  return defenses
    .find(({ findings }) => findings.some(({ properties }) => properties.code.const === finding.code))!
    .sentence(finding, trace);
}
