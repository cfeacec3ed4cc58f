import * as tf from '@tensorflow/tfjs-core';
import { trainingOnly } from '../keras/layers/regularization.ts';
import type { Call, Layer } from '../keras/model.ts';
import type { Computing } from './graph.ts';
import { kernels, type Weights } from './kernels/layers.ts';

/** A tensor times `scale` plus `offset`, float64 numbers: one for all channels, or one for each. */
interface Scaled {
  base: tf.Tensor;
  scale: number[];
  offset: number[];
}

/**
 * Joins the numbers of Rescaling layers that follow one another or meet in a sum, and equal terms of a sum, as TensorFlow's graph optimizer does in
 * `predict` (`constant_folding.cc`, `arithmetic_optimizer.cc`): `x + a - a` is x there; computed layer by layer it is what float32 leaves of x beside a.
 */
export class Fold implements Computing {
  private readonly known = new Map<string, Scaled>();

  /** `changed` is a tensor whose values are not what its call answers; null if there is none. */
  constructor(private readonly changed: string | null) {}

  compute({ id, layer, inputs, shape }: Call, given: tf.Tensor[], weights: Weights): tf.Tensor {
    const operands = given.map((x, i) => this.operand(inputs[i]!, x));
    const joined = this.joined(layer, operands, inputs);
    if (joined === null) return kernels[layer.className]!(given, layer.options, weights, shape);
    this.known.set(id, { ...joined, base: tf.keep(tf.clone(joined.base)) });
    return tf.add(tf.mul(joined.base, joined.scale), joined.offset);
  }

  dispose(): void {
    for (const { base } of this.known.values()) base.dispose();
    this.known.clear();
  }

  private operand(id: string, x: tf.Tensor): Scaled {
    return (id === this.changed ? undefined : this.known.get(id)) ?? { base: x, scale: [1], offset: [0] };
  }

  /** What a layer makes of its operands; null if it only computes. */
  private joined({ className, options }: Layer, operands: Scaled[], inputs: readonly string[]): Scaled | null {
    const [first] = operands;
    if (className === 'Rescaling') return rescaled(first!, numbers(options['scale']), numbers(options['offset']));
    if (className === 'Add' && new Set(inputs).size < inputs.length) return sum(operands);
    if (!inputs.some((id) => id !== this.changed && this.known.has(id))) return null;
    if (trainingOnly.has(className) || (className === 'Activation' && options['activation'] === 'linear'))
      return first!;
    if (className === 'Add') return sum(operands);
    return className === 'Average' ? rescaled(sum(operands), [1 / operands.length], [0]) : null;
  }
}

const numbers = (value: unknown): number[] => [value].flat() as number[];

function rescaled({ base, scale, offset }: Scaled, by: number[], more: number[]): Scaled {
  return { base, scale: times(scale, by), offset: plus(times(offset, by), more) };
}

/** A tensor that is added several times is multiplied. */
function sum(operands: Scaled[]): Scaled {
  const scales = new Map<tf.Tensor, number[]>();
  for (const { base, scale } of operands) scales.set(base, plus(scales.get(base) ?? [0], scale));
  const terms = [...scales].map(([base, scale]) => tf.mul(base, scale));
  return {
    base: terms.reduce((a, b) => tf.add(a, b)),
    scale: [1],
    offset: operands.map(({ offset }) => offset).reduce(plus),
  };
}

const plus = (a: number[], b: number[]): number[] => each(a, b, (x, y) => x + y);
const times = (a: number[], b: number[]): number[] => each(a, b, (x, y) => x * y);

/** Two lists element by element, a list of one as often as the other asks for it. */
function each(a: number[], b: number[], join: (a: number, b: number) => number): number[] {
  return Array.from({ length: Math.max(a.length, b.length) }, (_, i) => join(a[i % a.length]!, b[i % b.length]!));
}
