import { type Static, type TProperties, type TSchema, Type } from '@sinclair/typebox';
import { attackName } from '../../settings/config.ts';
import { metricNames } from '../../verdict/metric-table.ts';
import type { Finding } from './findings.ts';
import { type Checked, checker } from '../../base/schema.ts';
import { augmentation, formatName } from './report.ts';

const count = Type.Integer({ minimum: 0 });
const number = Type.Number();
const nullable = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
const oneOf = <const T extends string>(...names: readonly T[]) => Type.Union(names.map((name) => Type.Literal(name)));
const attack = Type.String({ pattern: attackName.source });
const split = oneOf('validation', 'test');
const kind = oneOf('pruned', 'goodnet');
const reach = Type.Object({ checkpoint: number, channelsPruned: count });
const figures = Type.Object({ channelsPruned: count, accuracy: number, asr: number });
const finding = <const C extends Finding['code'], P extends TProperties>(code: C, properties: P) =>
  Type.Object({ code: Type.Literal(code), ...properties });

/** Every kind of finding and what it holds: what a report by somebody else may say, and nothing besides. */
const schemas = [
  finding('default-layer', { reason: oneOf('deepest-on-every-path', 'no-layer-on-every-path', 'no-convolution') }),
  finding('order-given', {}),
  finding('keras-versions-differ', { activation: Type.String({ pattern: formatName.source }) }),
  finding('computed-in-float32', { declared: Type.String({ pattern: formatName.source }) }),
  finding('answers-at-random', { augmentation: Type.String({ pattern: augmentation.source }) }),
  finding('rounding-decides', {
    channelsPruned: count,
    split,
    attack: nullable(attack),
    images: count,
    changed: count,
  }),
  finding('checkpoint-not-reached', { checkpoint: number, largestDrop: number }),
  finding('checkpoints-coincide', { checkpoints: Type.Array(number), channelsPruned: count }),
  finding('no-attack-measured', {}),
  finding('judged-on-same-images', {}),
  finding('many-target-classes', { attack, split, classes: count }),
  finding('attack-fails', { attack, split, original: number }),
  finding('prune-resistant', {
    attack,
    split,
    original: number,
    pruned: number,
    checkpoint: nullable(number),
    channelsPruned: count,
  }),
  finding('interval-spans-limit', {
    candidate: count,
    split,
    metric: oneOf(...metricNames),
    limit: number,
    low: number,
    high: number,
  }),
  finding('asr-floor', { attack, split, images: count, floor: number }),
  finding('would-pass', { kind, within: nullable(reach), channelsPruned: count, accuracy: number, asr: number }),
  finding('none-would-pass', {
    kind,
    within: nullable(reach),
    metric: oneOf(...metricNames, 'all'),
    limit: nullable(number),
    firstLater: nullable(figures),
  }),
];

/** The compiler's proof that the schemas and the type say the same. */
type Described = Static<(typeof schemas)[number]>;
export const proof: [Described] extends [Finding] ? ([Finding] extends [Described] ? true : never) : never = true;

const checks = new Map<string, (value: unknown) => Checked<unknown>>(
  schemas.map((schema) => [schema.properties.code.const, checker(schema)]),
);

/** What is wrong with a finding, in a few words; null if nothing is. */
export function findingProblem(value: { code: string }): string | null {
  const checked = checks.get(value.code)?.(value);
  if (checked === undefined) return 'is of an unknown kind';
  return 'problem' in checked ? checked.problem : null;
}
