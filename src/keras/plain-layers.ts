import { failure } from '../errors.ts';
import type { ActivationName } from './layers/activation.ts';
import type { Layer, Weight } from './model.ts';

/** A layer in the config subset that Keras 2 and Keras 3 read alike, and mean alike. */
export interface PlainLayer {
  className: string;
  options: Record<string, unknown>;
  weights: Weight[];
}

/** Layers that hand their input on outside training. */
const trainingOnly = new Set(['Dropout', 'SpatialDropout2D', 'GaussianDropout', 'GaussianNoise', 'AlphaDropout', 'ActivityRegularization']);

const withoutGroups = new Set(['SeparableConv2D', 'DepthwiseConv2D', 'Conv2DTranspose']);

export const placeholders = { identity: { className: 'Activation', options: { activation: 'linear' }, weights: [] } satisfies PlainLayer };

/** Activations under one name in both dialects. */
const sharedActivations: Partial<Record<ActivationName, string>> = {
  linear: 'linear', relu: 'relu', elu: 'elu', selu: 'selu', gelu: 'gelu', sigmoid: 'sigmoid', tanh: 'tanh', softmax: 'softmax',
  softplus: 'softplus', softsign: 'softsign', swish: 'swish', silu: 'swish', exponential: 'exponential', mish: 'mish',
};

const rescaling = (scale: number, offset: number): PlainLayer => ({ className: 'Rescaling', options: { scale, offset }, weights: [] });
const rectifier = (max_value: number): PlainLayer => ({ className: 'ReLU', options: { max_value, negative_slope: 0, threshold: 0 }, weights: [] });

/** Activations that one dialect lacks or computes differently, as layers that both have. */
const builtActivations: Partial<Record<ActivationName, PlainLayer[]>> = {
  relu6: [rectifier(6)],
  hard_sigmoid: [rescaling(1, 3), rectifier(6), rescaling(1 / 6, 0)],
  hard_sigmoid_keras2: [rescaling(0.2, 0.5), rectifier(1)],
};

/** The layers, in sequence, that compute what `layer` computes; none for a layer that only works in training. Throws `goodnet-impossible`. */
export function plainLayers(file: string, { name, className, options, weights }: Layer): PlainLayer[] {
  if (trainingOnly.has(className)) return [];
  if (className === 'LeakyReLU') return [{ className: 'ReLU', options: { max_value: null, negative_slope: options['alpha'], threshold: 0 }, weights }];
  if (className === 'Normalization') return [normalization(options, weights)];
  const activation = options['activation'] as ActivationName | undefined;
  const shared = activation === undefined ? undefined : sharedActivations[activation];
  const built = activation === undefined || shared !== undefined ? [] : builtActivations[activation];
  if (built === undefined) throw failure('goodnet-impossible', file, { cause: `layer ${name} has the activation ${activation}` });
  const own = { className, options: { ...written(className, options), ...(activation === undefined ? {} : { activation: shared ?? 'linear' }) }, weights };
  return className === 'Activation' && built.length > 0 ? built : [own, ...built];
}

/** Its statistics stand in the config, which both dialects read; their weights of it differ. */
function normalization(options: Record<string, unknown>, weights: readonly Weight[]): PlainLayer {
  const [mean = options['mean'], variance = options['variance']] = weights.map(({ values }) => [...values]);
  return { className: 'Normalization', options: { axis: -1, mean, variance }, weights: [] };
}

/** The options as both dialects take them: later ones that stand at their default are left out. */
function written(className: string, options: Record<string, unknown>): Record<string, unknown> {
  if (className === 'BatchNormalization') {
    const { epsilon, center, scale } = options;
    return { axis: -1, momentum: 0.99, epsilon, center, scale };
  }
  const { groups, keepdims, output_padding, ...rest } = options;
  return {
    ...rest,
    ...(groups === undefined || groups === 1 || withoutGroups.has(className) ? {} : { groups }),
    ...(keepdims === true ? { keepdims } : {}),
    ...(output_padding == null ? {} : { output_padding }),
  };
}
