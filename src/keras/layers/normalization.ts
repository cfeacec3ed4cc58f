import { Type } from '@sinclair/typebox';
import { always, flag, layer, type LayerSpec, options } from './spec.ts';

const perChannelNumbers = Type.Union([Type.Number(), Type.Array(Type.Number())]);

export const normalizationLayers: Record<string, LayerSpec> = {
  BatchNormalization: layer({
    options: options({
      axis: Type.Integer(), epsilon: Type.Number({ exclusiveMinimum: 0 }), center: flag(true), scale: flag(true),
      renorm: Type.Literal(false, { default: false }), virtual_batch_size: Type.Null({ default: null }), synchronized: flag(false),
    }),
    canonical: ({ axis, ...config }) => ({ ...config, axis: Array.isArray(axis) && axis.length === 1 ? (axis[0] as unknown) : axis }),
    weights: (o, [input]) => {
      if (o.axis !== -1 && o.axis !== input!.length) throw new Error(`\`axis\` = ${o.axis} is not the last one`);
      const names = [...(o.scale ? ['gamma'] : []), ...(o.center ? ['beta'] : []), 'moving_mean', 'moving_variance'];
      return names.map((name) => [name, [input!.at(-1)!]]);
    },
    output: (_, [input]) => input!,
    perChannel: always,
  }),
  Rescaling: layer({
    options: options({ scale: perChannelNumbers, offset: Type.Union([Type.Number(), Type.Array(Type.Number())], { default: 0 }) }),
    output: (_, [input]) => input!,
    perChannel: always,
  }),
};
