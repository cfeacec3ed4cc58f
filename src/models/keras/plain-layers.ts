import type { ActivationName } from '../layers/activation.ts';
import { trainingOnly } from '../layers/regularization.ts';
import type { Layer, Weight } from '../net.ts';

/** A layer in the config subset that Keras 2 and Keras 3 read alike, and mean alike. */
export interface PlainLayer {
  className: string;
  options: Record<string, unknown>;
  weights: Weight[];
  /** For a layer that reads another tensor beside the one before it: how many layers before that one it stands. */
  alsoReads?: number;
}

const withoutGroups = new Set(['SeparableConv2D', 'DepthwiseConv2D', 'Conv2DTranspose']);

export const placeholders = {
  identity: { className: 'Activation', options: { activation: 'linear' }, weights: [] } satisfies PlainLayer,
};

const rescaling = (scale: number, offset: number): PlainLayer => ({
  className: 'Rescaling',
  options: { scale, offset },
  weights: [],
});
const rectifier = (max_value: number | null, negative_slope = 0): PlainLayer => ({
  className: 'ReLU',
  options: { max_value, negative_slope, threshold: 0 },
  weights: [],
});

const product = (alsoReads: number): PlainLayer => ({ className: 'Multiply', options: {}, weights: [], alsoReads });

/** The name that both dialects know an activation by; or, where one lacks it or computes it differently, layers that both have. */
const plainActivations: Record<ActivationName, string | PlainLayer[]> = {
  linear: 'linear',
  relu: 'relu',
  elu: 'elu',
  selu: 'selu',
  gelu: 'gelu',
  sigmoid: 'sigmoid',
  tanh: 'tanh',
  softmax: 'softmax',
  softplus: 'softplus',
  softsign: 'softsign',
  swish: 'swish',
  silu: 'swish',
  exponential: 'exponential',
  mish: 'mish',
  log_softmax: 'log_softmax',
  squareplus: 'squareplus',
  relu6: [rectifier(6)],
  hard_sigmoid: [rescaling(1, 3), rectifier(6), rescaling(1 / 6, 0)],
  hard_sigmoid_keras2: [rescaling(0.2, 0.5), rectifier(1)],
  hard_silu: [rescaling(1, 3), rectifier(6), rescaling(1 / 6, 0), product(3)],
};

/** Whether no layer that both dialects have computes what a layer does; it is written as its own dialect has it. */
export const isOfOneKeras = ({ className, options }: Pick<Layer, 'className' | 'options'>): boolean =>
  className === 'Divide' || options['activation'] === 'squareplus';

/** The layers, one behind the other, that compute what `layer` computes on samples of `rank` axes; none for a layer that only works in training. */
export function plainLayers({ className, options, weights }: Layer, rank: number): PlainLayer[] {
  if (trainingOnly.has(className)) return [];
  if (className === 'Normalization') return [normalization(options, weights)];
  if (className === 'Divide') return quotient(options['numerator'] as number | null);
  if (className === 'LeakyReLU') return [leaky(options['alpha'] as number, rank)];
  if (options['activation'] === undefined) return [{ className, options: written(className, options), weights }];
  const plain = plainActivations[options['activation'] as ActivationName];
  const own = {
    className,
    options: { ...written(className, options), activation: typeof plain === 'string' ? plain : 'linear' },
    weights,
  };
  return typeof plain === 'string' ? [own] : className === 'Activation' ? plain : [own, ...plain];
}

/** A number in front of a tensor is a tensor of its shape: as a number tf-keras takes it for a float where it has a point alone. */
const quotient = (numerator: number | null): PlainLayer[] => {
  const divide = { className: 'Divide', options: {}, weights: [] };
  return numerator === null ? [divide] : [rescaling(0, numerator), { ...divide, alsoReads: 1 }];
};

/** ReLU takes no negative slope below zero in either dialect; PReLU does. */
function leaky(slope: number, rank: number): PlainLayer {
  if (slope >= 0) return rectifier(null, slope);
  const axes = Array.from({ length: rank }, (_, i) => i + 1);
  const alpha: Weight = { name: 'alpha', shape: axes.map(() => 1), path: '', values: Float32Array.of(slope) };
  return { className: 'PReLU', options: { shared_axes: axes }, weights: [alpha] };
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
