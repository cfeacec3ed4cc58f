import * as tf from '@tensorflow/tfjs-core';
import { generator } from '../data/stratify.ts';
import { trainingOnly } from '../models/keras/layers/regularization.ts';
import type { Call, Layer, Model } from '../models/keras/model.ts';
import { absolute, approximates, sizesOf, termsOf } from './terms.ts';
import type { Computing } from './graph.ts';
import { kernels, type Weights } from './kernels/layers.ts';
import type { Parts } from './parts.ts';

/** Layers that only move numbers, and round nothing. */
const moving = new Set([
  'Flatten',
  'Reshape',
  'ZeroPadding2D',
  'Cropping2D',
  'UpSampling2D',
  'Concatenate',
  ...trainingOnly,
]);

/** Layers that answer a weighted sum of what they are given, and constants. */
const linear = new Set([
  ...moving,
  'Conv2D',
  'DepthwiseConv2D',
  'SeparableConv2D',
  'Conv2DTranspose',
  'Dense',
  'BatchNormalization',
  'Normalization',
  'Rescaling',
  'AveragePooling2D',
  'GlobalAveragePooling2D',
  'GlobalAveragePooling1D',
  'Add',
  'Average',
]);

/** Half a unit in the last place of float32, as a share; a few of them for what libraries approximate; and the smallest normal float32, below which many answer 0. */
const unit = 2 ** -24,
  approximation = 2 ** -22,
  smallestNormal = 2 ** -126;

/** How many errors are followed side by side, and how many times as large a library's may be. */
const worlds = 4;
export const reach = 128;

/** A tensor and its errors: what it may be off by, in each of the worlds. */
interface Rounded {
  y: tf.Tensor;
  errors: tf.Tensor[];
}

/**
 * Carries beside each tensor what rounding may have done to it: a running error analysis, with signs. Each float32 sum is off by a share of the sizes of its
 * terms, up or down; sums hand errors on with their weights, all else by what it answers at `reach` times the error on either side, so that a gate which
 * only one exact value opens counts as open where the error reaches that value. An image whose two best scores lie closer than that has no class.
 * Source: N. J. Higham, "Accuracy and Stability of Numerical Algorithms", 3.3.
 */
export class RunningError implements Computing {
  private readonly errors = new Map<string, tf.Tensor[]>();
  /** The sizes of the terms that meet in Add layers one behind the other, which a library may add in another order. */
  private readonly added = new Map<string, tf.Tensor>();
  /** How many calls still read a tensor. */
  private readonly readers = new Map<string, number>();
  private readonly salt: number;
  private draws = 0;

  /** The net of `parts` with the channels `pruned` pruned. */
  constructor(
    private readonly parts: Parts,
    private readonly pruned: Int32Array,
  ) {
    this.salt = saltOf(parts.model);
    const read = [...parts.prefix, ...parts.suffix].flatMap(({ inputs }) => inputs);
    for (const id of [...read, parts.model.output]) this.readers.set(id, (this.readers.get(id) ?? 0) + 1);
  }

  compute(call: Call, given: tf.Tensor[], weights: Weights): tf.Tensor {
    const errors = call.inputs.map((id, i) => this.errors.get(id) ?? this.signed(tf.mul(tf.abs(given[i]!), unit)));
    const { y, errors: made } = this.followed(call, given, errors, weights);
    this.errors.set(
      call.id,
      made.map((error) => tf.keep(tf.clone(error))),
    );
    call.inputs.forEach((id) => this.release(id));
    return y;
  }

  /** For each image whether its class stands, whatever the errors make of its `scores`. */
  decided(scores: Float32Array, outputs: number): boolean[] {
    const errors = this.errorsOf(this.parts.model.output);
    return Array.from({ length: scores.length / outputs }, (_, image) =>
      stands(
        scores.subarray(image * outputs, (image + 1) * outputs),
        errors.map((error) => error.subarray(image * outputs, (image + 1) * outputs)),
      ),
    );
  }

  private release(id: string): void {
    const left = this.readers.get(id)! - 1;
    this.readers.set(id, left);
    if (left > 0) return;
    tf.dispose([this.errors.get(id) ?? [], this.added.get(id) ?? []]);
    this.errors.delete(id);
    this.added.delete(id);
  }

  /** What `id`, which is still read, may be off by in each of the worlds, divided by `reach`. */
  errorsOf(id: string): Float32Array[] {
    return this.errors.get(id)!.map((error) => error.dataSync<'float32'>());
  }

  dispose(): void {
    tf.dispose([...this.errors.values(), ...this.added.values()]);
    this.errors.clear();
    this.added.clear();
  }

  private followed(call: Call, given: tf.Tensor[], errors: tf.Tensor[][], weights: Weights): Rounded {
    const { layer, shape, id } = call;
    const { className, options } = layer;
    const approximate = id !== this.parts.model.output && approximates(layer);
    if (!linear.has(className)) {
      const answer = (xs: tf.Tensor[]) => kernels[className]!(xs, options, weights, shape);
      const kind = className === 'Activation' ? options['activation'] : className;
      if (className.startsWith('GlobalMax')) return this.highest(answer, given[0]!, errors);
      return this.bent(answer, given, errors, kind, approximate, className === 'Multiply');
    }
    const sum = this.masked(call, this.summed(call, given, errors, weights));
    const { activation = 'linear' } = options;
    if (activation === 'linear') return sum;
    const answer = ([x]: tf.Tensor[]) => kernels['Activation']!([x!], { activation }, {}, shape);
    return this.bent(answer, [sum.y], [sum.errors], activation, approximate, false);
  }

  /** The maximum over all positions. Numbers are taken from it, so that the error of the highest is handed on to its last bit: what is compared with the maximum may be equal to it. */
  private highest(answer: (xs: tf.Tensor[]) => tf.Tensor, x: tf.Tensor, errors: tf.Tensor[][]): Rounded {
    const top = tf.max(
      x,
      x.shape.slice(1, -1).map((_, i) => i + 1),
      true,
    );
    return { ...this.bent(answer, [tf.sub(x, top)], errors, null, false, false), y: answer([x]) };
  }

  /** A layer that is linear, without its activation. */
  private summed(call: Call, given: tf.Tensor[], errors: tf.Tensor[][], weights: Weights): Rounded {
    const { className, options } = call.layer;
    const kernel = kernels[className]!;
    const own = { ...options, activation: 'linear' };
    const y = kernel(given, own, weights, call.shape);
    const handed = Array.from({ length: worlds }, (_, world) =>
      kernel(
        errors.map((each) => each[world]!),
        { ...own, ...withoutConstants(options) },
        constantsZero(weights),
        call.shape,
      ),
    );
    if (moving.has(className) || isExact(call.layer)) return { y, errors: handed };
    return { y, errors: this.rounded(handed, tf.mul(this.sizes(call, given, y, weights), unit)) };
  }

  /** The sizes of the terms that a sum is made of. One rounding is a share of the result alone. */
  private sizes(call: Call, given: tf.Tensor[], y: tf.Tensor, weights: Weights): tf.Tensor {
    const { className, options } = call.layer;
    if (className === 'Add') return this.addedSizes(call, given, y);
    return kernels[className]!(
      given.map((x) => tf.abs(x)),
      { ...options, ...sizesOf(options), activation: 'linear' },
      absolute(weights),
      call.shape,
    );
  }

  private addedSizes({ id, inputs }: Call, given: tf.Tensor[], y: tf.Tensor): tf.Tensor {
    const sizes = given.map((x, i) => this.added.get(inputs[i]!) ?? tf.abs(x));
    const sum = sizes.reduce((a, b) => tf.add(a, b));
    this.added.set(id, tf.keep(tf.clone(sum)));
    return given.length > 2 || inputs.some((input) => this.added.has(input)) ? sum : tf.abs(y);
  }

  /** What is no sum: the errors of its answer are what it makes of numbers `reach` errors away, and what these do not tell. */
  private bent(
    answer: (xs: tf.Tensor[]) => tf.Tensor,
    given: tf.Tensor[],
    errors: tf.Tensor[][],
    kind: unknown,
    approximate: boolean,
    rounds: boolean,
  ): Rounded {
    const y = answer(given);
    const at = (moves: tf.Tensor[], by: number) => answer(given.map((x, i) => tf.add(x, tf.mul(moves[i]!, by))));
    const tilted = Array.from({ length: worlds }, (_, world) => {
      const moves = errors.map((each) => each[world]!);
      return tf.div(tf.sub(at(moves, reach), at(moves, -reach)), 2 * reach);
    });
    const most = errors.map(largest);
    const farthest = largest([tf.sub(at(most, reach), y), tf.sub(y, at(most, -reach))]);
    const untold = tf.relu(tf.sub(tf.div(farthest, reach), largest(tilted)));
    const told = tilted.map((error, world) =>
      tf.add(error, tf.mul(this.signs(world, y.shape, errors[0]![world]!), untold)),
    );
    if (approximate)
      return {
        y,
        errors: this.rounded(told, tf.add(tf.mul(termsOf(kind, given[0]!, y), approximation), smallestNormal)),
      };
    return { y, errors: rounds ? this.rounded(told, tf.mul(tf.abs(y), unit)) : told };
  }

  /** Errors, and `more` up or down in each world; and where anything was rounded, what becomes of the smallest numbers. */
  private rounded(errors: tf.Tensor[], more: tf.Tensor): tf.Tensor[] {
    const all = tf.add(more, tf.mul(tf.sign(more), smallestNormal));
    return errors.map((error, world) => tf.add(error, tf.mul(this.signs(world, all.shape, null), all)));
  }

  private signed(size: tf.Tensor): tf.Tensor[] {
    return Array.from({ length: worlds }, (_, world) => tf.mul(this.signs(world, size.shape, null), size));
  }

  /** In the first world all errors are upwards, in the second they go where the given ones go, in the others as chance has it; alike for all images. */
  private signs(world: number, [, ...shape]: number[], like: tf.Tensor | null): tf.Tensor {
    if (world === 0) return tf.scalar(1);
    if (world === 1 && like !== null && like.shape.slice(1).join() === shape.join()) return tf.sign(like);
    const next = generator(this.salt ^ Math.imul(++this.draws, 0x85ebca6b));
    const size = shape.reduce((a, b) => a * b, 1);
    return tf.tensor(
      Float32Array.from({ length: size }, () => (next() < 0.5 ? -1 : 1)),
      [1, ...shape],
    );
  }

  /** Pruned channels are 0 before the layer's activation, without error; inputs of a Dense layer that are pruned are 0 at the cut. */
  private masked({ id, layer }: Call, { y, errors }: Rounded): Rounded {
    const { target, channels } = this.parts;
    if (target === null || (target.prunes === 'inputs' ? id !== target.cut : layer.name !== target.layer.name))
      return { y, errors };
    const pruned = new Set(this.pruned);
    const stay = tf.tensor1d(Array.from({ length: y.shape.at(-1)! }, (_, i) => Number(!pruned.has(i % channels))));
    return { y: tf.mul(y, stay), errors: errors.map((error) => tf.mul(error, stay)) };
  }
}

const largest = (tensors: tf.Tensor[]): tf.Tensor =>
  tensors.map((tensor) => tf.abs(tensor)).reduce((a, b) => tf.maximum(a, b));

/** Whether the best score stays ahead of every other; a single one on its side of a half. */
function stands(scores: Float32Array, errors: Float32Array[]): boolean {
  const far = (of: (error: Float32Array) => number) => reach * Math.max(...errors.map((error) => Math.abs(of(error))));
  if (scores.length === 1) return Math.abs(scores[0]! - 0.5) >= far((error) => error[0]!);
  const best = scores.indexOf(Math.max(...scores));
  return scores.every((score, k) => scores[best]! - score >= far((error) => error[best]! - error[k]!));
}

/** Whether a layer multiplies single numbers by powers of two, and does nothing else. */
const isExact = ({ className, weights }: Layer): boolean =>
  className === 'Dense' &&
  weights.every(
    ({ name, shape, values }) =>
      name === 'kernel' &&
      shape[0] === 1 &&
      [...values].every((value) => value === 0 || Number.isInteger(Math.log2(Math.abs(value)))),
  );

/** Constants that a layer adds to its sum. */
const constants = new Set(['bias', 'beta', 'mean', 'moving_mean']);

function constantsZero(weights: Weights): Weights {
  return Object.fromEntries(
    Object.entries(weights).map(([name, w]) => [name, constants.has(name) ? tf.zerosLike(w) : w]),
  );
}

/** The same for numbers that stand in the options. */
function withoutConstants({ offset, mean }: Record<string, unknown>): Record<string, unknown> {
  return {
    ...(offset === undefined ? {} : { offset: 0 }),
    ...(mean === undefined || mean === null ? {} : { mean: 0 }),
  };
}

const salts = new WeakMap<Model, number>();

/** A number of the net's weights: who makes a net cannot choose the signs of its errors. */
function saltOf(model: Model): number {
  const known = salts.get(model);
  if (known !== undefined) return known;
  let salt = 0x811c9dc5;
  for (const { layer } of model.calls)
    for (const { values } of layer.weights)
      for (const bits of new Uint32Array(values.buffer, values.byteOffset, values.length))
        salt = Math.imul(salt ^ bits, 0x01000193);
  salts.set(model, salt);
  return salt;
}
