import { type TSchema, Type } from '@sinclair/typebox';
import { checker } from '../../base/schema.ts';
import {
  always,
  checkLastAxis,
  flag,
  isSubnormal,
  layer,
  type LayerSpec,
  leastNormal,
  number,
  options,
  positive,
} from './spec.ts';
import type { Shape } from '../net.ts';

const perChannelNumbers = Type.Union([number(), Type.Array(number())]);
/** The same with axes of length 1 before them, which stand for the batch, rows and columns. */
const row = Type.Array(number());
const alone = <T extends TSchema>(inner: T) => Type.Array(inner, { minItems: 1, maxItems: 1 });
const broadcastNumbers = [number(), row, alone(row), alone(alone(row)), alone(alone(alone(row)))];
const optionalNumbers = Type.Union([perChannelNumbers, Type.Null()], { default: null });

/** `[3]` to `3`. */
function oneAxis({ axis, ...config }: Record<string, unknown>): Record<string, unknown> {
  return { ...config, axis: Array.isArray(axis) && axis.length === 1 ? (axis[0] as unknown) : axis };
}

/** What Keras 3 writes of numpy's arrays. */
const numpyArray = checker(
  Type.Object(
    {
      class_name: Type.Literal('__numpy__'),
      config: Type.Object(
        { value: Type.Unknown(), dtype: Type.Union([Type.Literal('float32'), Type.Literal('float64')]) },
        { additionalProperties: false },
      ),
    },
    { additionalProperties: false },
  ),
);

/** Numbers as they stand in lists for those of numpy's arrays: Keras 3 makes float32 of either. */
function listed(value: unknown): unknown {
  const array = numpyArray(value);
  return 'value' in array ? array.value.config.value : value;
}

/** Holds option arrays against the channels of the input: one number for all, or one for each. */
function checkCounts(input: Shape, ...given: unknown[]): void {
  for (const sizes of given.filter(Array.isArray).map(sizesOf)) {
    const count = sizes.at(-1)!;
    if (count !== 1 && count !== input.at(-1)) throw new Error(`it has ${count} numbers for ${input.at(-1)} channels`);
    if (sizes.length > input.length + 1)
      throw new Error(`its numbers have ${sizes.length} axes, its input ${input.length + 1}`);
  }
}

const sizesOf = (value: unknown): number[] => (Array.isArray(value) ? [value.length, ...sizesOf(value[0])] : []);

/** Checks numbers that are to be variances. */
function checkVariance(variance: unknown): void {
  const negative = [variance].flat().find((value) => typeof value === 'number' && value < 0);
  if (negative !== undefined) throw new Error(`its \`variance\` is ${negative as number}, which is no variance`);
}

export const normalizationLayers: Record<string, LayerSpec> = {
  BatchNormalization: layer({
    options: options({
      axis: Type.Integer(),
      epsilon: positive,
      center: flag(true),
      scale: flag(true),
      renorm: Type.Literal(false, { default: false }),
      virtual_batch_size: Type.Null({ default: null }),
      synchronized: flag(false),
    }),
    canonical: oneAxis,
    weights: (o, [input]) => {
      checkLastAxis(o.axis, input!);
      const names = [...(o.scale ? ['gamma'] : []), ...(o.center ? ['beta'] : []), 'moving_mean', 'moving_variance'];
      return names.map((name) => [name, [input!.at(-1)!]]);
    },
    check: ({ epsilon }, weights) => {
      const variance = weights.find(({ name }) => name === 'moving_variance')!.values;
      const bad = variance.find((value) => Math.fround(value + Math.fround(epsilon)) < leastNormal);
      if (bad !== undefined)
        throw new Error(`its moving_variance ${bad} and \`epsilon\` ${epsilon} come to 0, by which it divides`);
      const near = variance.find(
        (value) => isSubnormal(epsilon) && Math.fround(value + Math.fround(epsilon)) !== value,
      );
      if (near !== undefined)
        throw new Error(`its \`epsilon\` ${epsilon}, which libraries take for 0, changes its moving_variance ${near}`);
    },
    output: (_, [input]) => input!,
    perChannel: always,
  }),
  Normalization: layer({
    options: options({
      axis: Type.Integer(),
      mean: optionalNumbers,
      variance: optionalNumbers,
      invert: Type.Literal(false, { default: false }),
    }),
    canonical: oneAxis,
    weights: (o, [input]) => {
      checkLastAxis(o.axis, input!);
      if ((o.mean === null) !== (o.variance === null)) throw new Error('it has only one of `mean` and `variance`');
      checkCounts(input!, o.mean, o.variance);
      checkVariance(o.variance);
      return o.mean === null
        ? [
            ['mean', [input!.at(-1)!]],
            ['variance', [input!.at(-1)!]],
          ]
        : [];
    },
    output: (_, [input]) => input!,
    perChannel: always,
  }),
  Rescaling: layer({
    options: options({
      scale: Type.Union(broadcastNumbers),
      offset: Type.Union(broadcastNumbers, { default: 0 }),
    }),
    canonical: (config) => Object.fromEntries(Object.entries(config).map(([key, value]) => [key, listed(value)])),
    output: (o, [input]) => {
      checkCounts(input!, o.scale, o.offset);
      return input!;
    },
    perChannel: always,
  }),
};
