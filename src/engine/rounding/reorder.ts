import * as tf from '@tensorflow/tfjs-core';
import { generator } from '../../data/stratify.ts';
import type { Call } from '../../models/net.ts';
import type { Computing } from '../graph.ts';
import { activations } from '../kernels/activation.ts';
import { flushed } from '../kernels/errors.ts';
import { kernels, type Weights } from '../kernels/layers.ts';

/** Orders in which libraries add up the channels 0 to n - 1: from the last one, in lanes of vectors, in any other. */
const orders: ((n: number) => Int32Array)[] = [
  (n) => Int32Array.from({ length: n }, (_, i) => n - 1 - i),
  ...[4, 8, 16, 32].map((lanes) => (n: number) => inLanes(n, lanes)),
  (n) => shuffled(n),
];

/**
 * Computes sums of a net in another order: channels in one of `orders`, the bias at the end, as Keras adds it, and a
 * normalization as Keras writes it, `x a + (b - m a)`; and denormal numbers are 0. What comes out is what another
 * library may answer, rounding and all.
 */
export class Reorder implements Computing {
  private readonly order: (n: number) => Int32Array;
  /** Whether products are of numbers cut to 10 bits, as a GPU's TF32 has them. */
  private readonly cuts: boolean;

  /** `number` picks one of the orders. */
  constructor(number: number) {
    this.order = orders[number % orders.length]!;
    this.cuts = number % (orders.length + 1) === orders.length;
  }

  branch(): this {
    return this;
  }

  compute(call: Call, given: tf.Tensor[], weights: Weights): tf.Tensor {
    return flushed(
      this.inOrder(
        call,
        given.map(flushed),
        Object.fromEntries(Object.entries(weights).map(([name, w]) => [name, flushed(w)])),
      ),
    );
  }

  private inOrder({ layer: { className, options }, shape }: Call, given: tf.Tensor[], weights: Weights): tf.Tensor {
    const kernel = kernels[className]!;
    if (className === 'BatchNormalization') return normalized(given[0]!, options['epsilon'] as number, weights);
    if (className === 'GlobalAveragePooling2D') return kernel([tf.reverse(given[0]!, [1, 2])], options, weights, shape);
    if (className === 'GlobalAveragePooling1D') return kernel([tf.reverse(given[0]!, 1)], options, weights, shape);
    if (!biased.has(className)) return kernel(given, options, weights, shape);
    const { bias, ...products } = weights;
    const turned = turnable(className, options, weights)
      ? this.turned(given[0]!, products)
      : { x: given[0]!, products };
    const sums = given[0]!.shape.at(-1)! > 1;
    const held = (tensor: tf.Tensor): tf.Tensor => (this.cuts && sums ? cut(tensor) : tensor);
    const factors = Object.fromEntries(Object.entries(turned.products).map(([name, tensor]) => [name, held(tensor)]));
    const y = kernel([held(turned.x)], { ...options, activation: 'linear' }, factors, shape);
    return activations[options['activation'] as keyof typeof activations](bias === undefined ? y : tf.add(y, bias));
  }

  /** The input's channels and the kernels' in another order. */
  private turned(x: tf.Tensor, products: Weights): { x: tf.Tensor; products: Weights } {
    const order = tf.tensor1d(this.order(x.shape.at(-1)!), 'int32');
    const turn = (tensor: tf.Tensor, axis: number): tf.Tensor => tf.gather(tensor, order, tensor.rank + axis);
    return {
      x: turn(x, -1),
      products: Object.fromEntries(Object.entries(products).map(([name, kernel]) => [name, turn(kernel, -2)])),
    };
  }
}

/**
 * The nearest numbers with 10 bits behind the point. Source: T. J. Dekker, "A floating-point technique for extending
 * the available precision".
 */
function cut(x: tf.Tensor): tf.Tensor {
  const far = tf.mul(x, 2 ** 13 + 1);
  return tf.sub(far, tf.sub(far, x));
}

const biased = new Set(['Conv2D', 'DepthwiseConv2D', 'SeparableConv2D', 'Conv2DTranspose', 'Dense']);

/** Whether the input's channels are added up, and stand on the last axis but one of every kernel. */
function turnable(
  className: string,
  { groups = 1 }: Record<string, unknown>,
  { depthwise_kernel: depthwise }: Weights,
): boolean {
  if (className === 'SeparableConv2D') return depthwise!.shape[3] === 1;
  return className === 'Dense' || (className === 'Conv2D' && groups === 1);
}

function normalized(
  x: tf.Tensor,
  epsilon: number,
  { gamma, beta, moving_mean: mean, moving_variance: variance }: Weights,
): tf.Tensor {
  const root = tf.rsqrt(tf.add(variance!, epsilon));
  const scale = gamma === undefined ? root : tf.mul(root, gamma);
  const taken = tf.mul(mean!, scale);
  return tf.add(tf.mul(x, scale), beta === undefined ? tf.neg(taken) : tf.sub(beta, taken));
}

/** 0, w, 2w, ..., 1, w + 1, ...: sums that each lane takes by itself come out alike one after the other. */
const inLanes = (n: number, lanes: number): Int32Array =>
  Int32Array.from({ length: n }, (_, i) => i).sort((a, b) => (a % lanes) - (b % lanes) || a - b);

function shuffled(n: number): Int32Array {
  const next = generator(n);
  return Int32Array.from(
    Array.from({ length: n }, (_, i) => [next(), i] as const)
      .sort(([a], [b]) => a - b)
      .map(([, i]) => i),
  );
}
