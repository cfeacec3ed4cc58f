import { type Static, type TObject, Type } from '@sinclair/typebox';
import { findingSchemas } from '../../defense/registry.ts';
import { attack, finding, images as count, metric, nullable, split, stage } from '../../verdict/figure-schema.ts';
import type { FigureFinding } from './findings.ts';
import { type Checked, checker } from '../../base/schema.ts';
import { augmentation, formatName, rewrite } from './report.ts';

const number = Type.Number();

/** Every kind of finding and what it holds: what a report by somebody else may say, and nothing besides. */
const schemas = [
  finding('keras-versions-differ', { activation: Type.String({ pattern: formatName.source }) }),
  finding('computed-in-float32', { declared: Type.String({ pattern: formatName.source }) }),
  finding('answers-at-random', { augmentation: Type.String({ pattern: augmentation.source }) }),
  finding('graph-rewritten', { rewrite }),
  finding('rounding-decides', {
    channelsPruned: count,
    stage: Type.Optional(stage),
    split,
    attack: nullable(attack),
    images: count,
    changed: count,
  }),
  finding('no-attack-measured', {}),
  finding('judged-on-same-images', {}),
  finding('folders-by-number', {}),
  finding('many-target-classes', { attack, split, classes: count }),
  finding('interval-spans-limit', { candidate: count, split, metric, limit: number, low: number, high: number }),
  finding('asr-floor', { attack, split, images: count, floor: number }),
];

/** The compiler's proof that the schemas and the type say the same. */
type Described = Static<(typeof schemas)[number]>;
export const proof: [Described] extends [FigureFinding] ? ([FigureFinding] extends [Described] ? true : never) : never =
  true;

const checks = new Map<string, (value: unknown) => Checked<unknown>>(
  [...schemas, ...findingSchemas].map((schema) => [schema.properties.code.const, checker(schema as TObject)]),
);

/** What is wrong with a finding, in a few words; null if nothing is. */
export function findingProblem(value: { code: string }): string | null {
  const checked = checks.get(value.code)?.(value);
  if (checked === undefined) return 'is of an unknown kind';
  return 'problem' in checked ? checked.problem : null;
}
