import * as tf from '@tensorflow/tfjs-core';
import type { ActivationName } from '../../models/layers/activation.ts';
import { concatenationAxis, dotAxes } from '../../models/layers/merging.ts';
import { trainingOnly } from '../../models/layers/regularization.ts';
import { activationGradients, eluGradient, reluGradient, softmaxGradient } from './activation-gradients.ts';
import { alone, clamped, conv2d, marginsOf, padded, type WindowOptions } from './convolution.ts';
import {
  eachInputGradient,
  eachKernelGradient,
  inputGradient,
  kernelGradient,
  maxGradient,
  passBetween,
  sumOf,
} from './gradients.ts';
import { longest, unitVectors, type Weights } from './layers.ts';
import { normalize } from './products.ts';

// The options were parsed against the layer's schema when the model was read.
type Options = any; // eslint-disable-line @typescript-eslint/no-explicit-any

/** A call that was computed: what it was given, and its answer y. */
export interface Computed {
  inputs: readonly tf.Tensor[];
  y: tf.Tensor;
  options: Options;
  weights: Weights;
}

/** The way back through a layer, from the gradient dy of its answer. */
export interface Backward {
  /** dy behind an activation that is computed along; dy itself where there is none. */
  behind?(dy: tf.Tensor, computed: Computed): tf.Tensor;
  /** The gradients of what it was given. */
  inputs(dy: tf.Tensor, computed: Computed): tf.Tensor[];
  /** The gradients of its weights that can be trained, by name; none where it has none. */
  weights?(dy: tf.Tensor, computed: Computed): Weights;
}

/** The way back through a layer that answers to one tensor. */
const ofOne = (input: (dy: tf.Tensor, x: tf.Tensor, computed: Computed) => tf.Tensor): Backward => ({
  inputs: (dy, computed) => [input(dy, computed.inputs[0]!, computed)],
});

const identity = ofOne((dy) => dy);
const reshaped = ofOne((dy, x) => tf.reshape(dy, x.shape));

/** dy behind the clamping of a product's sums. */
function behindClamp(dy: tf.Tensor, { y, options }: Computed): tf.Tensor {
  const between = clamped[options.activation as ActivationName];
  return between === undefined ? dy : passBetween(dy, y, ...between);
}

/** The bias's gradient, where there is one. */
const biased = (dy: tf.Tensor, { weights }: Computed): Weights => (weights['bias'] ? { bias: sumOf(dy) } : {});

/** The part of a padded image's gradient that is the image's own. */
function cropped(dx: tf.Tensor, shape: readonly number[], around: readonly [number, number][]): tf.Tensor {
  if (dx.shape.every((size, axis) => size === shape[axis])) return dx;
  return tf.slice(
    dx,
    around.map(([before]) => before),
    [...shape],
  );
}

const grown = (shape: readonly number[], around: readonly [number, number][]): number[] =>
  shape.map((size, axis) => size + around[axis]![0] + around[axis]![1]);

const stepsOf = (o: WindowOptions) => ({ strides: o.strides, dilation: o.dilation_rate });

const conv: Backward = {
  behind: behindClamp,
  inputs: (dy, { inputs, options, weights }) => {
    const [x, kernel] = [inputs[0]!, weights['kernel']!];
    const around = marginsOf(x.shape, kernel.shape, options as WindowOptions);
    return [cropped(inputGradient(dy, kernel, grown(x.shape, around), stepsOf(options)), x.shape, around)];
  },
  weights: (dy, computed) => {
    const { inputs, options, weights } = computed;
    const kernel = weights['kernel']!;
    const x = padded(inputs[0]!, kernel.shape, options as WindowOptions);
    return { kernel: kernelGradient(x, dy, kernel.shape, stepsOf(options)), ...biased(dy, computed) };
  },
};

/** x [n, h, w, c] with each channel `times` over: [n, h, w, c * times]. */
function repeated(x: tf.Tensor, times: number): tf.Tensor {
  if (times === 1) return x;
  return tf.reshape(tf.mul(tf.reshape(x, [x.size, 1]), tf.ones([1, times])), [
    ...x.shape.slice(0, 3),
    x.shape[3]! * times,
  ]);
}

const depthwise: Backward = {
  behind: behindClamp,
  inputs: (dy, { inputs, options, weights }) => {
    const [x, kernel] = [inputs[0]!, weights['depthwise_kernel']!];
    const [rows, columns, channels, times] = kernel.shape as [number, number, number, number];
    const around = marginsOf(x.shape, kernel.shape, options as WindowOptions);
    const wide = [...grown(x.shape, around).slice(0, 3), channels * times];
    const each = tf.reshape(kernel, [rows, columns, channels * times, 1]);
    const dx = eachInputGradient(dy, each, wide, stepsOf(options));
    const own = times === 1 ? dx : tf.reshape(tf.sum(tf.reshape(dx, [-1, times]), 1), grown(x.shape, around));
    return [cropped(own, x.shape, around)];
  },
  weights: (dy, computed) => {
    const { inputs, options, weights } = computed;
    const kernel = weights['depthwise_kernel']!;
    const [rows, columns, channels, times] = kernel.shape as [number, number, number, number];
    const x = repeated(padded(inputs[0]!, kernel.shape, options as WindowOptions), times);
    const dw = eachKernelGradient(x, dy, [rows, columns, channels * times, 1], stepsOf(options));
    return { depthwise_kernel: tf.reshape(dw, kernel.shape), ...biased(dy, computed) };
  },
};

/** A transposed convolution is the way back of a convolution from its answer to what it was given. */
const transposed: Backward = {
  inputs: (dy, { inputs, options, weights }) => {
    const [x, kernel] = [inputs[0]!, weights['kernel']!];
    return [conv2d(dy, kernel, undefined, { ...options, activation: 'linear' }, x.shape.slice(1))];
  },
  weights: (dy, computed) => {
    const { inputs, options, weights } = computed;
    const kernel = weights['kernel']!;
    const around = padded(dy, kernel.shape, options as WindowOptions);
    return { kernel: kernelGradient(around, inputs[0]!, kernel.shape, stepsOf(options)), ...biased(dy, computed) };
  },
};

/** A matrix product is a convolution of one pixel. */
const dense: Backward = {
  behind: behindClamp,
  inputs: (dy, computed) => {
    const [x, kernel] = [computed.inputs[0]!, computed.weights['kernel']!];
    const [width, units] = kernel.shape as [number, number];
    const rows = x.size / width;
    const slopes = tf.reshape(dy, [1, 1, rows, units]);
    const w = tf.reshape(kernel, [1, 1, width, units]);
    return [tf.reshape(inputGradient(slopes, w, [1, 1, rows, width], onePixel), x.shape)];
  },
  weights: (dy, computed) => {
    const [x, kernel] = [computed.inputs[0]!, computed.weights['kernel']!];
    const [width, units] = kernel.shape as [number, number];
    const slopes = tf.reshape(dy, [1, 1, -1, units]);
    const dw = kernelGradient(tf.reshape(x, [1, 1, -1, width]), slopes, [1, 1, width, units], onePixel);
    return { kernel: tf.reshape(dw, kernel.shape), ...biased(slopes, computed) };
  },
};

const onePixel = stepsOf({ ...alone, activation: 'linear' });

/** 1 / sqrt(variance + epsilon) for each channel. */
const rootOf = ({ options, weights }: Computed): tf.Tensor =>
  tf.rsqrt(tf.add(weights['moving_variance']!, options.epsilon as number));

/** Its moving statistics stand. */
const batchNormalization: Backward = {
  inputs: (dy, computed) => {
    const { gamma, moving_mean: mean } = computed.weights;
    const scale = gamma ? tf.mul(rootOf(computed), gamma) : rootOf(computed);
    const zeros = tf.zerosLike(mean!);
    return [normalize(dy, zeros, scale, zeros)];
  },
  weights: (dy, computed) => {
    const { gamma, beta, moving_mean: mean } = computed.weights;
    const channels = mean!.size;
    const pixels = (x: tf.Tensor): tf.Tensor => tf.reshape(x, [1, 1, -1, channels]);
    const dgamma = (): tf.Tensor => {
      const x = normalize(computed.inputs[0]!, mean!, rootOf(computed), tf.zerosLike(mean!));
      return tf.reshape(eachKernelGradient(pixels(x), pixels(dy), [1, 1, channels, 1], onePixel), [channels]);
    };
    return { ...(gamma && { gamma: dgamma() }), ...(beta && { beta: sumOf(dy) }) };
  },
};

/** Keras's `backend.epsilon()`: what Normalization divides by at least. */
const smallestDeviation = 1e-7;

const normalization = ofOne((dy, _, { options, weights }) =>
  tf.div(dy, tf.maximum(tf.sqrt(weights['variance'] ?? tf.tensor(options.variance as number[])), smallestDeviation)),
);

const prelu: Backward = {
  inputs: (dy, { inputs, weights }) => {
    const below = passBetween(dy, inputs[0]!, -Infinity, 0);
    return [tf.add(passBetween(dy, inputs[0]!, 0, Infinity), tf.mul(weights['alpha']!, below))];
  },
  weights: (dy, { inputs, weights }) => {
    const alpha = weights['alpha']!;
    const each = tf.mul(dy, tf.minimum(inputs[0]!, 0));
    return { alpha: tf.reshape(summedTo(each, [1, ...alpha.shape]), alpha.shape) };
  },
};

/** dy added up over the axes that were stretched from a tensor of `shape`. */
function summedTo(dy: tf.Tensor, shape: readonly number[]): tf.Tensor {
  const stretched = [...shape.keys()].filter((axis) => shape[axis] === 1 && dy.shape[axis]! > 1);
  return stretched.length === 0 ? dy : tf.sum(dy, stretched, true);
}

const maxPooling = ofOne((dy, x, { options }) => {
  const { pool_size: size, strides } = options as { pool_size: [number, number]; strides: [number, number] };
  const [, rows, columns] = marginsOf(x.shape, size, { ...options, dilation_rate: [1, 1] });
  return maxGradient(x, dy, { size, strides, before: [rows![0], columns![0]] });
});

/** Each answer is the mean of the numbers of its window that lie in the image. */
const averagePooling = ofOne((dy, x, { options }) => {
  const { pool_size: size, strides } = options as { pool_size: [number, number]; strides: [number, number] };
  const around = marginsOf(x.shape, size, { ...options, dilation_rate: [1, 1] });
  const inside = [1, 2].map((axis) =>
    Array.from({ length: dy.shape[axis]! }, (_, i) => {
      const first = i * strides[axis - 1]! - around[axis]![0];
      return Math.min(first + size[axis - 1]!, x.shape[axis]!) - Math.max(first, 0);
    }),
  );
  const counts = inside[0]!.map((rows) => inside[1]!.map((columns) => [rows * columns]));
  const ones = tf.ones([...size, x.shape[3]!, 1]);
  const dx = eachInputGradient(tf.div(dy, tf.tensor([counts])), ones, grown(x.shape, around), {
    strides,
    dilation: [1, 1],
  });
  return cropped(dx, x.shape, around);
});

/** dy [n, c] or with axes of 1 between, beside all positions of x [n, ..., c]. */
const besidePositions = (dy: tf.Tensor, x: tf.Tensor): tf.Tensor => {
  const [images, channels] = [x.shape[0], x.shape.at(-1)!];
  return tf.reshape(dy, [images, ...x.shape.slice(1, -1).map(() => 1), channels]);
};

const globalAverage = ofOne((dy, x) => {
  const positions = x.size / x.shape[0] / x.shape.at(-1)!;
  return tf.mul(besidePositions(tf.div(dy, positions), x), tf.onesLike(x));
});

/** Highest numbers that tie have equal shares of it. */
const globalMax = ofOne((dy, x, { y }) => {
  const axes = [...x.shape.keys()].slice(1, -1);
  const highest = tf.cast(tf.equal(x, besidePositions(y, x)), 'float32');
  return tf.mul(highest, tf.div(besidePositions(dy, x), tf.sum(highest, axes, true)));
});

const upSampling = ofOne((dy, x, { options }) => {
  const [rows, columns] = options.size as [number, number];
  const [images, height, width, channels] = x.shape as [number, number, number, number];
  const down = tf.sum(tf.reshape(dy, [images * height, rows, width * columns * channels]), 1);
  return tf.reshape(tf.sum(tf.reshape(down, [images * height * width, columns, channels]), 1), x.shape);
});

/** The gradient of channels that were not picked is 0. */
const picked = ofOne((dy, x, { options }) => {
  const { channels } = options as { channels: number[] };
  const wide = tf.concat([dy, tf.zeros([...dy.shape.slice(0, -1), 1])], dy.rank - 1);
  const from = Array.from({ length: x.shape.at(-1)! }, () => channels.length);
  channels.forEach((channel, i) => (from[channel] = i));
  return tf.gather(wide, tf.tensor1d(from, 'int32'), x.rank - 1);
});

const zeroPadding = ofOne((dy, x, { options }) =>
  tf.slice(dy, [0, options.padding[0][0], options.padding[1][0], 0], x.shape),
);
const cropping = ofOne((dy, _, { options }) =>
  tf.pad(dy, [[0, 0], ...(options.cropping as [number, number][]), [0, 0]]),
);

/** Gradients of tensors that were merged number by number: `share` makes dy that of tensor i. */
const merged = (share: (dy: tf.Tensor, i: number, computed: Computed) => tf.Tensor): Backward => ({
  inputs: (dy, computed) => computed.inputs.map((x, i) => summedTo(share(dy, i, computed), x.shape)),
});

/** Of two tensors joined after the other, dy goes to the one whose number was taken; of equal ones, to the first. */
const chosen = (join: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor, takes: typeof tf.greaterEqual): Backward => ({
  inputs: (dy, { inputs }) => {
    const [first, ...others] = inputs;
    const before = others.reduce<tf.Tensor[]>((all, x) => [...all, join(all.at(-1)!, x)], [first!]);
    let rest = dy;
    const slopes = others.map((x, i) => ({ x, joined: before[i]! })).reverse();
    const taken = slopes.map(({ x, joined }) => {
      const old = takes(joined, x);
      const own = summedTo(tf.where(old, tf.zerosLike(rest), rest), x.shape);
      rest = summedTo(tf.where(old, rest, tf.zerosLike(rest)), joined.shape);
      return own;
    });
    return [rest, ...taken.reverse()];
  },
});

/** The product of all numbers but those of tensor i. */
const productWithout = (inputs: readonly tf.Tensor[], i: number): tf.Tensor =>
  inputs.filter((_, other) => other !== i).reduce((a, b) => tf.mul(a, b));

const divide: Backward = {
  inputs: (dy, { inputs, options, y }) => {
    const divisor = inputs.at(-1)!;
    const ofDivisor = summedTo(tf.neg(tf.mul(dy, tf.div(y, divisor))), divisor.shape);
    if (options.numerator !== null) return [ofDivisor];
    return [summedTo(tf.div(dy, divisor), inputs[0]!.shape), ofDivisor];
  },
};

/** The gradient of vectors along `axis` that were made of length 1. */
function unitGradient(du: tf.Tensor, x: tf.Tensor, axis: number): tf.Tensor {
  const unit = unitVectors(x, axis);
  const factor = tf.minimum(tf.rsqrt(tf.sum(tf.mul(x, x), axis, true)), longest);
  return tf.mul(factor, tf.sub(du, tf.mul(unit, tf.sum(tf.mul(du, unit), axis, true))));
}

/** As in `dot`: x [n, a, k] with y [n, b, k] to [n, a, b]. */
const dotted: Backward = {
  inputs: (dy, { inputs, options }) => {
    const along = dotAxes(
      options.axes as number | number[],
      inputs.map(({ rank }) => rank - 1),
    );
    const turns = (i: number): boolean => inputs[i]!.rank === 3 && along[i] !== 1;
    const turned = (x: tf.Tensor, i: number): tf.Tensor => {
      if (x.rank === 2) return tf.expandDims(x, 1);
      return turns(i) ? tf.transpose(x, [0, 2, 1]) : x;
    };
    const vectors = inputs.map((x, i) => (options.normalize ? unitVectors(x, along[i]! + 1) : x));
    const [a, b] = vectors.map(turned) as [tf.Tensor, tf.Tensor];
    const slopes = tf.reshape(dy, [a.shape[0], a.shape[1]!, b.shape[1]!]);
    const ofTurned = [tf.matMul(slopes, b), tf.matMul(slopes, a, true, false)];
    return ofTurned.map((slope, i) => {
      const x = inputs[i]!;
      const own = turns(i) ? tf.transpose(slope, [0, 2, 1]) : tf.reshape(slope, x.shape);
      return options.normalize ? unitGradient(own, x, along[i]! + 1) : own;
    });
  },
};

const concatenated: Backward = {
  inputs: (dy, { inputs, options }) => {
    const axis = concatenationAxis(options.axis as number, dy.rank - 1) + 1;
    return tf.split(
      dy,
      inputs.map(({ shape }) => shape[axis]!),
      axis,
    );
  },
};

/** The way back through each layer that does one thing (see `elementary`). */
export const backward: Partial<Record<string, Backward>> = {
  Conv2D: conv,
  DepthwiseConv2D: depthwise,
  Conv2DTranspose: transposed,
  Dense: dense,
  BatchNormalization: batchNormalization,
  Normalization: normalization,
  Rescaling: ofOne((dy, _, { options }) => tf.mul(dy, options.scale as tf.TensorLike)),
  Activation: ofOne((dy, x, { y, options }) => activationGradients[options.activation as ActivationName](dy, x, y)),
  ReLU: ofOne((dy, x, { y, options }) => reluGradient(dy, x, y, options)),
  LeakyReLU: ofOne((dy, x, { options }) => tf.where(tf.greater(x, 0), dy, tf.mul(dy, options.alpha as number))),
  ELU: ofOne((dy, x, { options }) => eluGradient(dy, x, options.alpha as number)),
  PReLU: prelu,
  Softmax: ofOne((dy, _, { y }) => softmaxGradient(dy, y)),
  MaxPooling2D: maxPooling,
  AveragePooling2D: averagePooling,
  GlobalMaxPooling2D: globalMax,
  GlobalMaxPooling1D: globalMax,
  GlobalAveragePooling2D: globalAverage,
  GlobalAveragePooling1D: globalAverage,
  Flatten: reshaped,
  Reshape: reshaped,
  PickedChannels: picked,
  ZeroPadding2D: zeroPadding,
  Cropping2D: cropping,
  UpSampling2D: upSampling,
  Add: merged((dy) => dy),
  Subtract: merged((dy, i) => (i === 0 ? dy : tf.neg(dy))),
  Average: merged((dy, _, { inputs }) => tf.div(dy, inputs.length)),
  Multiply: merged((dy, i, { inputs }) => tf.mul(dy, productWithout(inputs, i))),
  Divide: divide,
  Maximum: chosen(tf.maximum, tf.greaterEqual),
  Minimum: chosen(tf.minimum, tf.lessEqual),
  Dot: dotted,
  Concatenate: concatenated,
  ...Object.fromEntries([...trainingOnly].map((name) => [name, identity])),
};
