import { Type } from '@sinclair/typebox';
import { always, checkLastAxis, layer, type LayerSpec, never, number, options } from './spec.ts';
import type { Shape } from '../net.ts';

/**
 * Activations by name that mean the same in Keras 2 and Keras 3.
 * `hard_sigmoid` does not: its two meanings carry names of their own here.
 */
const names = [
  'linear',
  'relu',
  'relu6',
  'elu',
  'selu',
  'gelu',
  'sigmoid',
  'hard_sigmoid',
  'hard_sigmoid_keras2',
  'tanh',
  'softmax',
  'softplus',
  'softsign',
  'swish',
  'silu',
  'exponential',
  'mish',
  'hard_silu',
  'log_softmax',
  'squareplus',
] as const;
export type ActivationName = (typeof names)[number];
export const activation = Type.Union(
  names.map((name) => Type.Literal(name)),
  { default: 'linear' },
);

/** Activations that answer zero for every negative number: what makes a channel dormant. */
export const rectifiers: ReadonlySet<string> = new Set(['relu', 'relu6']);

/** An activation that reads other channels: a pruned channel is no constant behind it. */
export const mixesChannels = (name: unknown): boolean => name === 'softmax' || name === 'log_softmax';

/**
 * Gives Keras 2's `hard_sigmoid`, clip(0.2 x + 0.5), a name of its own; Keras 3's is relu6(x + 3) / 6. Both take null for `linear`; of Keras 3's two
 * names for x relu6(x + 3) / 6 there is one here.
 */
export function activationIn(config: Record<string, unknown>, dialect: string): Record<string, unknown> {
  const { activation: given } = config;
  if (given === null) return { ...config, activation: 'linear' };
  if (given === 'hard_swish') return { ...config, activation: 'hard_silu' };
  return given === 'hard_sigmoid' && dialect === 'keras2' ? { ...config, activation: 'hard_sigmoid_keras2' } : config;
}

const same = (_: unknown, [input]: Shape[]): Shape => input!;

export const activationLayers: Record<string, LayerSpec> = {
  Activation: layer({
    options: options({ activation }),
    canonical: activationIn,
    output: same,
    perChannel: (o) => !mixesChannels(o.activation),
  }),
  ReLU: layer({
    options: options({
      max_value: Type.Union([number(), Type.Null()], { default: null }),
      negative_slope: number(0),
      threshold: number(0),
    }),
    output: same,
    perChannel: always,
  }),
  LeakyReLU: layer({
    options: options({ alpha: number() }),
    canonical: ({ negative_slope, ...config }) =>
      negative_slope === undefined ? config : { ...config, alpha: negative_slope },
    output: same,
    perChannel: always,
  }),
  ELU: layer({ options: options({ alpha: number(1) }), output: same, perChannel: always }),
  PReLU: layer({
    options: options({
      shared_axes: Type.Union([Type.Array(Type.Integer({ minimum: 1 })), Type.Null()], { default: null }),
    }),
    weights: (o, [input]) => {
      if (o.shared_axes?.some((axis) => axis > input!.length))
        throw new Error(`its input has no axis ${Math.max(...o.shared_axes)}`);
      return [['alpha', input!.map((size, axis) => (o.shared_axes?.includes(axis + 1) ? 1 : size))]];
    },
    output: same,
    perChannel: always,
  }),
  Softmax: layer({
    options: options({ axis: Type.Union([Type.Literal(-1), Type.Integer({ minimum: 1 })], { default: -1 }) }),
    output: ({ axis }, [input]) => {
      checkLastAxis(axis, input!);
      return input!;
    },
    perChannel: never,
  }),
};
