import type { ActivationName } from '../../models/layers/activation.ts';
import { trainingOnly } from '../../models/layers/regularization.ts';
import type { Layer, Weight } from '../../models/net.ts';
import { limits } from '../../base/limits.ts';

/**
 * Numbers below it are finite in every order of adding them up, and with the factors that fast convolutions put between: float32 ends at 2 ** 128.
 * From it on, a number counts as one that may be infinite elsewhere.
 */
export const limit = 2 ** 120;

/**
 * Products of some of the factors of a number stay below it: then none overflows in any order, and of a number that is
 * lost because its other factors are below the smallest normal float32, at most 2 ** -86 is.
 */
export const mostFactors = 2 ** 40;

/** Answers from the largest magnitude in each input of a layer. Infinity where a number may overflow. */
type Magnitude = (inputs: number[]) => number;

/** How large the numbers of a layer get. */
export interface Reach {
  /** The largest that it adds up or multiplies, which must lie below `limit`; null for a layer that answers the right thing to infinities too. */
  within: Magnitude | null;
  answer: Magnitude;
  /** Whether the last input is a divisor: for it stands 1 / the least magnitude in it. */
  divides?: true;
  /** What a layer that multiplies has for factors; none where it is left out. */
  factors?: Factors;
}

/**
 * Products in a row, which TensorFlow may multiply in any order where it calls the net as a graph, sums of products
 * with a common factor among them; XLA, by which a file may have it compiled, also where something is added in between
 * and taken away again. Source: `constant_folding.cc` and `arithmetic_optimizer.cc` in
 * tensorflow/core/grappler/optimizers, `algebraic_simplifier.cc` in xla/hlo/transforms/simplifiers.
 */
export interface Factors {
  /** The largest product of some of the factors, from that of each input, and at last that of a divisor's reciprocal. */
  largest: Magnitude;
  /** Whether it multiplies; what does not adds numbers, or hands them on. */
  multiplies: boolean;
  /** Whether the answer is a product for the layer behind it: always, never, or where an input, or each of them, is one. */
  stays: boolean | 'as an input' | 'as all inputs';
  /** Whether its input, which it reads twice, is one factor, be it a product or not. */
  begins?: true;
  /** Whether it answers one of all numbers of a channel: no factor is taken out of it to what it is added to. */
  chooses?: true;
  /** Whether its answer is a single factor, which may join those that it is multiplied with: a power of e. */
  joins?: true;
}

/** Beside an overflow of one number times another, one as small as this changes neither its sign nor that it is huge. */
const small = 2 ** 60;
const largestFloat = 3.4e38;
/** Keras's `backend.epsilon()`, which Normalization divides by at least. */
const smallestDeviation = 1e-7;

/** Activations of infinities that are the same in every library. */
const takesInfinity = new Set(['linear', 'relu', 'relu6', 'sigmoid', 'tanh']);

/** The logarithm of more classes than any net has. */
const largestLogOfClasses = 64;

/** The largest answer to finite numbers; and, for those above, to any. */
const activated: Record<ActivationName, (x: number) => number> = {
  linear: (x) => x,
  relu: (x) => x,
  relu6: (x) => Math.min(x, 6),
  elu: (x) => Math.max(x, 1),
  selu: (x) => 2 * Math.max(x, 1),
  gelu: (x) => x,
  sigmoid: () => 1,
  hard_sigmoid: () => 1,
  hard_sigmoid_keras2: () => 1,
  tanh: () => 1,
  softmax: () => 1,
  softplus: (x) => x + 1,
  softsign: () => 1,
  swish: (x) => x,
  silu: (x) => x,
  exponential: Math.exp,
  mish: (x) => x,
  hard_silu: (x) => x,
  log_softmax: (x) => 2 * x + largestLogOfClasses,
  squareplus: (x) => x + 2,
};

/** Activations that multiply what they are given by something of at most about 1, which may be 0. */
const gates: ReadonlySet<unknown> = new Set(['gelu', 'swish', 'silu', 'mish', 'hard_silu']);

/** The largest number that an activation computes on its way. */
const inside = (name: unknown, x: number): number => (name === 'squareplus' ? Math.max(x, x * x + 4) : x);

const largest = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
const all = (value: unknown): number[] => [value].flat(Infinity) as number[];

const handsOn: Reach = {
  within: null,
  answer: (inputs) => Math.max(...inputs),
  factors: { largest: (inputs) => Math.max(...inputs), multiplies: false, stays: 'as an input' },
};
const added: Factors = {
  largest: (inputs) => inputs.reduce((a, b) => a + b),
  multiplies: false,
  stays: 'as all inputs',
};
const gating = (largest: (x: number) => number): Factors => ({
  largest: ([x]) => largest(x!),
  multiplies: true,
  stays: true,
  begins: true,
});
const multiplied: Factors = { largest: (inputs) => inputs.reduce((a, b) => a * b), multiplies: true, stays: true };
/** Times the number that each weight or share is, or at most is. */
const by = (factor: number): Factors => ({
  largest: ([x]) => x! * Math.max(1, factor),
  multiplies: true,
  stays: true,
});
const meant: Factors = { ...multiplied, largest: (inputs) => inputs.reduce((a, b) => a + b) };
const joining: Factors = { largest: ([x]) => x!, multiplies: false, stays: true, begins: true, joins: true };
const both = (magnitude: Magnitude): Reach => ({ within: magnitude, answer: magnitude });
const times = (factor: number): Reach => both(([x]) => x! * Math.max(1, factor));

/** x scale + shift for each number alone: it may overflow, as in the steps that a GoodNet votes by, but never to NaN. */
function affine(scale: number, shift: number): Reach {
  if (!(scale < largestFloat)) return both(() => Infinity);
  const answer: Magnitude = ([x]) => x! * Math.max(1, scale) + shift;
  if (shift > small) return both(answer);
  return { within: ([x]) => x!, answer: (inputs) => (answer(inputs) < limit ? answer(inputs) : Infinity) };
}

/** The largest sum of magnitudes over the weights of one answer, whose index is the last of `outputs` numbers. */
function norm({ values }: Weight, outputs: number): number {
  const sums = new Float64Array(outputs);
  for (let at = 0; at < values.length; at += outputs) {
    for (let o = 0; o < outputs; o++) sums[o] = sums[o]! + Math.abs(values[at + o]!);
  }
  return largest(sums);
}

/** The same for a kernel [rows, columns, filters, channels]. */
function transposedNorm({ values, shape }: Weight): number {
  const [filters, channels] = shape.slice(-2) as [number, number];
  const sums = new Float64Array(filters);
  values.forEach((value, i) => {
    const filter = Math.floor(i / channels) % filters;
    sums[filter] = sums[filter]! + Math.abs(value);
  });
  return largest(sums);
}

/**
 * Sums of inputs times weights, through each kernel in turn, and the activation of them; `single` says what it
 * multiplies by where each answer is one product.
 */
function sums(activation: unknown, bias: Weight | undefined, single: Factors | null, ...norms: number[]): Reach {
  const shift = bias === undefined ? 0 : largest(bias.values);
  const each = (x: number): number[] =>
    norms.reduce<number[]>((steps, factor) => [...steps, steps.at(-1)! * factor], [x]);
  const last = (x: number): number => each(x).at(-1)! + shift;
  return {
    within: ([x]) => Math.max(...each(x!), inside(activation, last(x!))),
    answer: ([x]) => activated[activation as ActivationName](last(x!)),
    ...(activation === 'linear' && single !== null && { factors: single }),
    ...(gates.has(activation) && { factors: gating(last) }),
    ...(activation === 'exponential' && { factors: joining }),
  };
}

/** What a kernel multiplies by whose answers, along the last axes, are one product each; null if they are sums. */
const singleOf = (kernel: Weight, axes: number): Factors | null =>
  kernel.shape.slice(0, -axes).every((size) => size === 1) ? weighing(kernel) : null;

/**
 * The same of sums, whose weights onnxruntime multiplies with what their products are scaled by behind them; what a
 * matrix product is scaled by in front of it goes into that, too. Source: `conv_mul_fusion.cc`, `conv_bn_fusion.cc`,
 * `matmul_bn_fusion.cc` and `matmul_scale_fusion.cc` in onnxruntime/core/optimizer.
 */
const joined = (className: string, kernel: Weight): Factors =>
  className === 'Dense' ? weighing(kernel) : { ...by(largest(kernel.values)), begins: true };

/** What multiplies by each of some weights; by 1 or -1 it only hands on. */
const weighing = (...kernels: Weight[]): Factors =>
  kernels.every(({ values }) => values.every((value) => Math.abs(value) === 1))
    ? handsOn.factors!
    : by(kernels.reduce((product, { values }) => product * Math.max(1, largest(values)), 1));

/** How far the numbers of `layer` reach; `joins`: whether its runtime multiplies weights with what scales their products. */
export function reachOf({ className, options: o, weights }: Layer, joins = false): Reach {
  const weight = Object.fromEntries(weights.map((one) => [one.name, one])) as Record<string, Weight | undefined>;
  const { kernel, depthwise_kernel: depthwise, pointwise_kernel: pointwise, bias } = weight;
  const trailing = ({ shape }: Weight, axes: number): number => shape.slice(-axes).reduce((a, b) => a * b, 1);
  const factors = (weights: Weight, axes: number): Factors | null =>
    singleOf(weights, axes) ?? (joins ? joined(className, weights) : null);
  switch (className) {
    case 'Conv2D':
    case 'Dense':
      return sums(o['activation'], bias, factors(kernel!, 1), norm(kernel!, trailing(kernel!, 1)));
    case 'DepthwiseConv2D':
      return sums(o['activation'], bias, factors(depthwise!, 2), norm(depthwise!, trailing(depthwise!, 2)));
    case 'SeparableConv2D':
      return sums(
        o['activation'],
        bias,
        weighing(depthwise!, pointwise!),
        norm(depthwise!, trailing(depthwise!, 2)),
        norm(pointwise!, trailing(pointwise!, 1)),
      );
    case 'Conv2DTranspose':
      return sums(o['activation'], bias, weighing(kernel!), transposedNorm(kernel!));
    case 'BatchNormalization':
      return normalized(o['epsilon'] as number, weight);
    case 'Normalization': {
      const deviations = Array.from(weight['variance']?.values ?? all(o['variance']), (value) =>
        Math.max(Math.sqrt(value), smallestDeviation),
      );
      const scale = 1 / Math.min(...deviations);
      const mean = largest(weight['mean']?.values ?? all(o['mean']));
      return {
        ...affine(scale, mean * Math.max(1, scale)),
        factors: { largest: ([x]) => (x! + mean) * Math.max(1, scale), multiplies: true, stays: true },
      };
    }
    case 'Rescaling': {
      const [scale, offset] = [largest(all(o['scale'])), largest(all(o['offset']))];
      return {
        ...affine(scale, offset),
        factors: { largest: ([x]) => x! * Math.max(1, scale), multiplies: true, stays: true },
      };
    }
    case 'Activation': {
      const name = o['activation'] as ActivationName;
      return {
        within: takesInfinity.has(name) ? null : ([x]) => inside(name, x!),
        answer: ([x]) => activated[name](x!),
        ...(name === 'linear' && { factors: handsOn.factors! }),
        ...(gates.has(name) && { factors: gating((x) => x) }),
        ...(name === 'exponential' && { factors: joining }),
      };
    }
    case 'Softmax':
      return { within: ([x]) => x!, answer: () => 1 };
    case 'ReLU':
      return rectified(o as unknown as Rectifier);
    case 'LeakyReLU':
      return { ...times(Math.abs(o['alpha'] as number)), factors: by(Math.abs(o['alpha'] as number)) };
    case 'ELU':
      return both(([x]) => Math.max(x!, Math.abs(o['alpha'] as number)));
    case 'PReLU':
      return { ...times(largest(weight['alpha']!.values)), factors: by(largest(weight['alpha']!.values)) };
    case 'AveragePooling2D':
    case 'GlobalAveragePooling2D':
    case 'GlobalAveragePooling1D':
      return { ...handsOn, within: ([x]) => x! * limits.pooled, factors: meant };
    case 'Add':
    case 'Subtract':
      return { ...both(added.largest), factors: added };
    case 'Average':
      return { within: added.largest, answer: (inputs) => Math.max(...inputs), factors: meant };
    case 'Divide': {
      const numerator = Math.abs((o['numerator'] as number | null) ?? 1);
      return {
        ...both((inputs) => products([numerator, ...inputs])),
        divides: true,
        factors: { ...multiplied, largest: (inputs) => multiplied.largest([Math.max(1, numerator), ...inputs]) },
      };
    }
    case 'Dot': {
      const within: Magnitude = (inputs) => products([...inputs, limits.layerValues]);
      if (o['normalize'] !== true) return { ...both(within), factors: { ...multiplied, stays: false } };
      return { within: (inputs) => Math.max(...inputs.map((x) => within([x, x]))), answer: () => 2 };
    }
    case 'Multiply':
      return { within: products, answer: multiplied.largest, factors: multiplied };
    default:
      if (choosing.has(className)) return { ...handsOn, factors: { ...handsOn.factors!, chooses: true } };
      if (handingOn.has(className)) return handsOn;
      throw new Error(`No reach for ${className}`);
  }
}

const choosing = new Set(['GlobalMaxPooling2D', 'GlobalMaxPooling1D']);
const handingOn = new Set([
  'Flatten',
  'Reshape',
  'PickedChannels',
  'ZeroPadding2D',
  'Cropping2D',
  'UpSampling2D',
  'MaxPooling2D',
  'Maximum',
  'Minimum',
  'Concatenate',
  ...trainingOnly,
]);

/** The largest of the inputs and of their products so far. */
function products(inputs: number[]): number {
  let product = 1;
  return Math.max(...inputs, ...inputs.map((x) => (product *= x)));
}

interface Rectifier {
  max_value: number | null;
  negative_slope: number;
  threshold: number;
}

function rectified({ max_value: most, negative_slope: slope, threshold }: Rectifier): Reach {
  const plain = slope === 0 && threshold === 0 && (most ?? 0) <= small;
  if (plain) return { within: null, answer: ([x]) => Math.min(x!, most ?? Infinity) };
  return {
    ...both(([x]) => (x! + Math.abs(threshold)) * Math.max(1, Math.abs(slope))),
    factors: slope === 0 ? gating((x) => x) : by(Math.abs(slope)),
  };
}

/** (x - mean) gamma / sqrt(variance + epsilon) + beta: libraries differ in which of these they compute first. */
function normalized(
  epsilon: number,
  { gamma, beta, moving_mean: mean, moving_variance: variance }: Record<string, Weight | undefined>,
): Reach {
  const roots = variance!.values.map((value) => Math.max(1, 1 / Math.sqrt(value + epsilon)));
  const each = roots.map((root, c) => root * Math.max(1, Math.abs(gamma?.values[c] ?? 1)));
  const [most, farthest] = [largest(each), largest(mean!.values)];
  const scales = roots.map((root, c) => Math.abs(gamma?.values[c] ?? 1) * root);
  const shifts = scales.map(
    (scale, c) => Math.abs(mean!.values[c]!) * Math.max(1, scale) + Math.abs(beta?.values[c] ?? 0),
  );
  return {
    ...affine(largest(scales), largest(shifts)),
    factors: { largest: ([x]) => (x! + farthest) * most, multiplies: true, stays: true },
  };
}
