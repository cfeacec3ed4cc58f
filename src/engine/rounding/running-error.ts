import * as tf from '@tensorflow/tfjs-core';
import { type Call, innerId, type Layer } from '../../models/net.ts';
import { dotAxes } from '../../models/layers/merging.ts';
import { trainingOnly } from '../../models/layers/regularization.ts';
import type { Computing } from '../graph.ts';
import {
  addBends,
  addRoundings,
  bent,
  clampErrors,
  type Drawn,
  type Errors,
  largestOf,
  largestOfEach,
  sizesOf,
  worlds,
} from '../kernels/errors.ts';
import { kernels, longest, unitVectors, type Weights } from '../kernels/layers.ts';
import { mostFactors } from '../kernels/reach.ts';
import type { Parts } from '../parts.ts';
import { type Answering, bowAt, bowOf, logSoftmaxMoves, moved, softmaxMoves } from './bends.ts';
import {
  absolute,
  approximates,
  cancels,
  clampOf,
  constantsZero,
  growthIn,
  isExact,
  kinksOf,
  optionSizes,
  termsIn,
  termsOf,
  turnOf,
  withoutConstants,
} from './terms.ts';
import { drawnFor, type ImagesOfTrial, ofWorld, wide } from './worlds.ts';

/** The length below which tf-keras makes vectors less long than Keras 3 does. Source: `l2_normalize` in tensorflow/python/ops/nn_impl.py, whose epsilon is its square. */
const shortest = 1e-6;

/** Layers that only move numbers, and round nothing. */
const moving = new Set([
  'Flatten',
  'Reshape',
  'PickedChannels',
  'ZeroPadding2D',
  'Cropping2D',
  'UpSampling2D',
  'Concatenate',
  ...trainingOnly,
]);

const moves = ({ className, options }: Layer): boolean =>
  moving.has(className) || (className === 'Activation' && options['activation'] === 'linear');

/** Layers that multiply each number, and add to it: a library may take them into a sum. */
const scaling = new Set(['Rescaling', 'Normalization', 'BatchNormalization']);

/** Layers that add up tensors, which libraries do in any order where several stand one behind the other. */
const joining = new Set(['Add', 'Subtract', 'Average']);

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
  'Subtract',
  'Average',
]);

/**
 * Half a unit in the last place of float32, as a share; and a few of them for what libraries approximate: as scores,
 * and inside a net, where more hangs on it.
 */
const unit = 2 ** -24,
  ofScores = 2 ** -27,
  inside = 2 ** -22;

/**
 * Many libraries answer 0 below 2^-126, at each of up to 2^26 terms, or before a number is multiplied by up to
 * `mostFactors`, and take factors of Rescaling layers to where a number is smaller.
 */
const smallest = 2 ** -126,
  mostTerms = 2 ** 26;

/** How many times as large as one rounding a library's error may be. */
export const reach = 32;

/** Layers and activations that pick one of their numbers, or 0, and round nothing. */
const picking = new Set(['ReLU', 'relu', 'relu6', 'MaxPooling2D', 'Maximum', 'Minimum']);

/** A tensor [images, ...], and what it may be off by in one world after the other. */
interface Rounded extends Errors {
  y: tf.Tensor;
}

/**
 * Carries beside each tensor what rounding may have done to it: a running error analysis, with signs. Each float32 sum
 * is off by a share of the sizes of its terms, up or down, and `reach` times as much is followed; sums hand errors on
 * with their weights, all else by what it answers on either side, so that a gate which only one exact value opens
 * counts as open where the error reaches that value. An image whose two best scores lie closer than that has no class.
 * Source: N. J. Higham, "Accuracy and Stability of Numerical Algorithms", 3.3 and 4.2.
 */
export class RunningError implements Computing {
  private readonly errors = new Map<string, Errors>();
  /**
   * The sizes of the terms that meet in Add and Subtract layers one behind the other, which a library may add in
   * another order.
   */
  private readonly added = new Map<string, tf.Tensor>();
  /** How many calls still read a tensor. */
  private readonly readers = new Map<string, number>();
  /** Images of a batch whose errors went out of bounds. */
  private readonly lost = new Set<number>();
  private readonly flushed: number;
  private draws: number;

  /**
   * The net of `parts` with the channels `off` at the cut off, in front of images of these trials, whose errors are
   * others for each `draw`.
   */
  constructor(
    private readonly parts: Parts,
    private readonly groups: readonly ImagesOfTrial[],
    draw = 0,
    private readonly off: Int32Array = new Int32Array(),
  ) {
    this.draws = draw * layerDraws;
    this.flushed = Math.min(1, smallest * Math.max(mostTerms, mostFactors / reach, growthIn(parts.model)));
    const read = [...parts.prefix, ...parts.suffix].flatMap(({ inputs }) => inputs);
    for (const id of [...read, parts.model.output]) this.readers.set(id, (this.readers.get(id) ?? 0) + 1);
  }

  branch(off: Int32Array): RunningError {
    const branch = new RunningError(this.parts, this.groups, 0, off);
    for (const [id, left] of this.readers) branch.readers.set(id, left);
    for (const image of this.lost) branch.lost.add(image);
    for (const [id, errors] of this.errors) branch.errors.set(id, kept(errors));
    for (const [id, sizes] of this.added) branch.added.set(id, tf.keep(tf.clone(sizes)));
    branch.draws = this.draws;
    return branch;
  }

  compute(call: Call, given: tf.Tensor[], weights: Weights): tf.Tensor {
    const errors = call.inputs.map(
      (id, i) => this.errors.get(id) ?? addRoundings(tf.abs(given[i]!), reach * unit, 0, null, this.drawn()),
    );
    const { y, ...made } = this.followed(call, given, errors, weights);
    this.errors.set(call.id, kept(made));
    this.lose(made);
    call.inputs.forEach((id) => this.release(id));
    return y;
  }

  /** For each image whether its class stands, whatever the errors make of its `scores`. */
  decided(scores: Float32Array, outputs: number): boolean[] {
    const errors = this.errorsOf(this.parts.model.output);
    return Array.from(
      { length: scores.length / outputs },
      (_, image) =>
        !this.lost.has(image) &&
        stands(
          scores.subarray(image * outputs, (image + 1) * outputs),
          errors.map((error) => error.subarray(image * outputs, (image + 1) * outputs)),
        ),
    );
  }

  /** Errors that are no numbers any more, or too large for one, could be anything: their images have no class. */
  private lose({ most }: Errors): void {
    largestOfEach(most).forEach((each, image) => {
      if (!(each < Infinity)) this.lost.add(image);
    });
  }

  private release(id: string): void {
    const left = this.readers.get(id)! - 1;
    this.readers.set(id, left);
    if (left > 0) return;
    tf.dispose([this.errors.get(id) ?? [], this.added.get(id) ?? []] as tf.TensorContainer);
    this.errors.delete(id);
    this.added.delete(id);
  }

  /** What `id`, which is still read, may be off by in each of the worlds. */
  errorsOf(id: string): Float32Array[] {
    const errors = this.errors.get(id)!.errors.dataSync<'float32'>();
    const size = errors.length / worlds;
    return Array.from({ length: worlds }, (_, world) => errors.subarray(world * size, (world + 1) * size));
  }

  dispose(): void {
    tf.dispose([...this.errors.values(), ...this.added.values()] as unknown as tf.TensorContainer);
    this.errors.clear();
    this.added.clear();
  }

  private followed(call: Call, given: tf.Tensor[], errors: Errors[], weights: Weights): Rounded {
    const { layer, shape, id } = call;
    const { className, options } = layer;
    const rounds = (kind: string): number => {
      if (picking.has(kind) && !options['negative_slope']) return 0;
      const share = approximates(layer) ? (id === this.parts.model.output ? ofScores : inside) : unit;
      return isSoftmax(kind) || kind === 'log_softmax' ? Math.max(share, unitOf(shape.at(-1)!)) : share;
    };
    if (className === 'SeparableConv2D') return this.separable(call, given, errors, weights);
    if (className === 'Multiply') return this.multiplied(call, given, errors);
    if (className === 'Dot') return this.dotted(call, given, errors);
    if (className === 'Divide') return this.divided(call, given, errors);
    if (className.startsWith('GlobalMax')) return this.highest(call, given[0]!, errors);
    if (!linear.has(className) && !moves(layer)) {
      const answer = (xs: tf.Tensor[]) => kernels[className]!(xs, options, weights, shape);
      const kind = className === 'Activation' ? (options['activation'] as string) : className;
      const range = clampOf(layer);
      if (range !== null) return this.clamped(answer, given[0]!, errors[0]!, range);
      return this.bent(answer, given, errors, kind, rounds(kind), layer);
    }
    const sum = this.masked(call, this.summed(call, given, errors, weights));
    const { activation = 'linear' } = options;
    if (activation === 'linear') return sum;
    this.lose(sum);
    const answer = ([x]: tf.Tensor[]) => kernels['Activation']!([x!], { activation }, {}, shape);
    const range = clampOf(layer);
    if (range !== null) return this.clamped(answer, sum.y, sum, range);
    return this.bent(answer, [sum.y], [sum], activation as string, rounds(activation as string), layer);
  }

  /** Its two convolutions, each with its own rounding. */
  private separable(call: Call, given: tf.Tensor[], errors: Errors[], weights: Weights): Rounded {
    const { depthwise_kernel, pointwise_kernel: kernel, bias } = weights;
    const { layer } = call;
    const { strides, padding, dilation_rate } = layer.options;
    const first = { strides, padding, dilation_rate, activation: 'linear' };
    const id = innerId(call.id, 'depthwise');
    const depthwise: Call = {
      ...call,
      id,
      layer: { ...layer, name: id, className: 'DepthwiseConv2D', options: first },
    };
    const { y, ...made } = this.followed(depthwise, given, errors, { depthwise_kernel: depthwise_kernel! });
    const second = { ...layer.options, strides: [1, 1], padding: 'valid', dilation_rate: [1, 1], groups: 1 };
    const pointwise: Call = { ...call, layer: { ...layer, className: 'Conv2D', options: second } };
    return this.followed(pointwise, [y], [made], { kernel: kernel!, ...(bias && { bias }) });
  }

  /** Two by two, as libraries multiply. */
  private multiplied(call: Call, given: tf.Tensor[], errors: Errors[]): Rounded {
    const answer = (xs: tf.Tensor[]) => kernels['Multiply']!(xs, {}, {}, call.shape);
    return given
      .map((y, i): Rounded => ({ y, ...errors[i]! }))
      .reduce((a, b) => this.bent(answer, [a.y, b.y], [a, b], 'Multiply', unit, null));
  }

  /** Sums of products of two tensors. */
  private dotted(call: Call, inputs: tf.Tensor[], before: Errors[]): Rounded {
    const { axes, normalize } = call.layer.options as { axes: number | number[]; normalize: boolean };
    const along = dotAxes(
      axes,
      inputs.map(({ rank }) => rank - 1),
    );
    const factors = inputs.map((y, i): Rounded =>
      normalize ? this.normalized(y, before[i]!, along[i]! + 1) : { y, ...before[i]! },
    );
    const answer = (xs: tf.Tensor[]) => kernels['Dot']!(xs, { axes, normalize: false }, {}, call.shape);
    const [a, b] = factors as [Rounded, Rounded];
    const handed = tf.add(answer([a.errors, wide(b.y)]), answer([wide(a.y), b.errors]));
    const sizes = answer(factors.map(({ y, most }) => tf.add(tf.abs(y), most)));
    const told = addRoundings(answer([a.most, b.most]), 1, 0, handed, this.drawn());
    return { y: answer([a.y, b.y]), ...this.rounded(told.errors, sizes, unitOf(a.y.shape[along[0]! + 1]!)) };
  }

  /**
   * Vectors along `axis` made of length 1, whose errors are those across them, and more along them. Below a length of
   * 1e-6 tf-keras makes them shorter than Keras 3 does: that may be anything, but for zeros.
   */
  private normalized(x: tf.Tensor, { errors, most }: Errors, axis: number): Rounded {
    const y = unitVectors(x, axis);
    const [up, down] = [tf.add, tf.sub].map((move) => unitVectors(move(wide(x), errors), axis));
    const tilted = tf.mul(tf.sub(up!, down!), 0.5);
    const lengthOf = (vectors: tf.Tensor): tf.Tensor => tf.sqrt(tf.sum(tf.mul(vectors, vectors), axis, true));
    const off = lengthOf(most);
    const least = tf.relu(tf.sub(lengthOf(x), off));
    const across = tf.mul(tf.add(most, tf.mul(tf.abs(y), off)), tf.minimum(tf.div(1, least), longest));
    const untold = tf.relu(tf.sub(across, largestOf(tilted)));
    const told = addRoundings(untold, 1, 0, tilted, this.drawn());
    const rounded = this.rounded(told.errors, tf.abs(y), unitOf(x.shape[axis]!));
    const sizes = tf.add(tf.abs(x), most);
    const isShort = tf.logicalAnd(tf.less(least, shortest), tf.greater(sizes, 0));
    return {
      y,
      errors: tf.where(wide(isShort), Infinity, rounded.errors),
      most: tf.where(isShort, Infinity, rounded.most),
    };
  }

  /** A quotient, which may be anything where the divisor may be 0. */
  private divided({ layer, shape }: Call, given: tf.Tensor[], errors: Errors[]): Rounded {
    const answer = (xs: tf.Tensor[]) => kernels['Divide']!(xs, layer.options, {}, shape);
    const made = this.bent(answer, given, errors, 'Divide', unit, null);
    const mayBeZero = tf.lessEqual(tf.abs(given.at(-1)!), errors.at(-1)!.most);
    return {
      y: made.y,
      errors: tf.where(wide(mayBeZero), Infinity, made.errors),
      most: tf.where(mayBeZero, Infinity, made.most),
    };
  }

  /**
   * The maximum over all positions. Numbers are taken from it, so that the error of the highest is handed on to its
   * last bit: what is compared with the maximum may be equal to it.
   */
  private highest({ layer, shape }: Call, x: tf.Tensor, errors: Errors[]): Rounded {
    const answer = (xs: tf.Tensor[]) => kernels[layer.className]!(xs, layer.options, {}, shape);
    const positions = x.shape.slice(1, -1).map((_, i) => i + 1);
    return { ...this.bent(answer, [tf.sub(x, tf.max(x, positions, true))], errors, '', 0, null), y: answer([x]) };
  }

  /** A layer that is linear, without its activation. */
  private summed(call: Call, given: tf.Tensor[], errors: Errors[], weights: Weights): Rounded {
    const { className, options } = call.layer;
    const kernel = kernels[className]!;
    const own = { ...options, activation: 'linear' };
    const y = kernel(given, own, weights, call.shape);
    const handed = kernel(
      errors.map((each) => each.errors),
      { ...own, ...withoutConstants(options) },
      constantsZero(weights),
      call.shape,
    );
    const rounds = !moves(call.layer) && !isExact(call.layer);
    const known = rounds || call.inputs.some((input) => this.added.has(input));
    const terms = known ? this.terms(call, given, errors, y, handed, weights) : null;
    if (!rounds) return { y, errors: handed, most: largestOf(handed) };
    const here = className === 'Rescaling' ? tf.onesLike(terms!) : terms!;
    const made = this.rounded(handed, terms!, unitOf(termsIn(call, given, weights)), here);
    handed.dispose(); // it is large
    return { y, ...made };
  }

  /**
   * The sizes of the terms that a sum is made of, and of the errors that meet in it: they are summed up in float32,
   * too, where a large one hides a small one. One rounding is a share of the result alone.
   */
  private terms(
    call: Call,
    given: tf.Tensor[],
    errors: Errors[],
    y: tf.Tensor,
    handed: tf.Tensor,
    weights: Weights,
  ): tf.Tensor {
    const { id, inputs, layer, shape } = call;
    const { className, options } = layer;
    const sized = absolute(weights);
    const of = (terms: tf.Tensor[], factors = sized, constants: object = options): tf.Tensor => {
      const own = { ...options, ...optionSizes({ ...options, ...constants }), activation: 'linear' };
      return kernels[className === 'Subtract' ? 'Add' : className]!(terms, own, factors, shape);
    };
    const before = inputs.map((input) => this.added.get(input));
    const joined = before.some((each) => each !== undefined);
    const joins = joining.has(className);
    const sizes = given.map((x) => sizesOf(x));
    const off = errors.map(({ most }) => most);
    if (!joins && !(joined && (moves(layer) || scaling.has(className))))
      return of(sizes.map((size, i) => tf.add(size, off[i]!)));
    const all = of(sizes.map((size, i) => before[i] ?? size));
    this.added.set(id, tf.keep(tf.clone(all)));
    const isOne = joins && className !== 'Average' && given.length === 2;
    const own = scaling.has(className) ? of(sizes) : isOne && !joined ? tf.abs(y) : all;
    return tf.add(own, isOne ? largestOf(handed) : of(off, constantsZero(sized), withoutConstants(options)));
  }

  /**
   * What is no sum: the errors of its answer are what it makes of numbers `reach` errors away, and what these do not
   * tell: how much farther it goes for the largest errors, and in each world how far it leaves the straight line to its
   * ends, anew for each number as if none cancelled; and a share of the terms of what `kind` computes. Between its ends
   * it may turn where `layer` does. A product of numbers that are not 0 may be flushed to 0.
   */
  private bent(
    answer: Answering,
    given: tf.Tensor[],
    errors: Errors[],
    kind: string,
    share: number,
    layer: Layer | null,
  ): Rounded {
    const y = answer(given);
    const [tilted, bow] = this.turned(answer, given, errors, y, layer && kinksOf(layer));
    const untold = tf.tidy(() => {
      const most = errors.map((each) => each.most);
      const farthest = isSoftmax(kind)
        ? softmaxMoves(given[0]!, most[0]!)
        : kind === 'log_softmax'
          ? logSoftmaxMoves(most[0]!)
          : moved(answer, given, most, y, layer === null ? 0 : turnOf(layer));
      return tf.relu(tf.sub(farthest, largestOf(tilted)));
    });
    const told = addBends(untold, bow, tilted, this.drawn());
    tf.dispose([untold, bow, tilted]);
    if (share === 0) return { y, ...told };
    const sizes = share === ofScores && !cancels(kind) ? tf.abs(y) : termsOf(kind, given[0]!, y, layer);
    const terms = share === inside ? tf.add(sizes, this.flushed) : sizes;
    const here = kind === 'Multiply' ? given.map((factor) => tf.abs(factor)).reduce((a, b) => tf.minimum(a, b)) : terms;
    return { y, ...this.rounded(told.errors, terms, share, here) };
  }

  /**
   * What an answer makes of errors, half the way from end to end, and how far it leaves straight lines in the last
   * worlds: one world after the other, since they are large.
   */
  private turned(
    answer: Answering,
    given: tf.Tensor[],
    errors: Errors[],
    y: tf.Tensor,
    kinks: readonly number[] | null,
  ): [tilted: tf.Tensor, bow: tf.Tensor] {
    const found = Array.from({ length: worlds }, (_, world) =>
      tf.tidy(() => {
        const off = errors.map((each) => ofWorld(each.errors, world));
        const ends = [tf.add, tf.sub].map((move) => answer(given.map((x, i) => move(x, off[i]!))));
        const [up, down] = ends as [tf.Tensor, tf.Tensor];
        const tilted = tf.mul(tf.sub(up, down), 0.5);
        if (world < worlds - bent) return [tilted];
        return [tilted, kinks ? bowAt(kinks, answer, given[0]!, off[0]!) : bowOf(answer, given, off, [up, down], y)];
      }),
    );
    const both = [found.map(([tilted]) => tilted!), found.flatMap(([, bow]) => bow ?? [])].map((all) => tf.concat(all));
    tf.dispose(found);
    return both as [tf.Tensor, tf.Tensor];
  }

  /** The same of a clamp. */
  private clamped(answer: Answering, x: tf.Tensor, { errors }: Errors, range: readonly [number, number]): Rounded {
    return { y: answer([x]), ...clampErrors(x, range, errors, this.drawn()) };
  }

  /**
   * Errors, and a share of `sizes` up or down in each world; and where there is anything `here`, what becomes of the
   * smallest numbers.
   */
  private rounded(errors: tf.Tensor, sizes: tf.Tensor, share: number, here = sizes): Errors {
    const flushed = reach * this.flushed;
    if (here === sizes) return addRoundings(sizes, reach * share, flushed, errors, this.drawn());
    const small = tf.mul(tf.cast(tf.greater(here, 0), 'float32'), flushed);
    return addRoundings(tf.add(tf.mul(sizes, reach * share), small), 1, 0, errors, this.drawn());
  }

  /** What is drawn for all images, anew for each layer that draws. */
  private drawn(): Drawn[] {
    return drawnFor(this.parts.model.sha256, this.groups, ++this.draws);
  }

  /** Channels that are off are 0, without error, before the layer's activation. */
  private masked({ layer }: Call, { y, errors, most }: Rounded): Rounded {
    const { cut, channels } = this.parts;
    if (layer.name !== cut?.zeroed) return { y, errors, most };
    const off = new Set(this.off);
    const stay = tf.tensor1d(Array.from({ length: y.shape.at(-1)! }, (_, i) => Number(!off.has(i % channels))));
    return { y: tf.mul(y, stay), errors: tf.mul(errors, stay), most: tf.mul(most, stay) };
  }
}

const isSoftmax = (kind: string): boolean => /^softmax$/i.test(kind);

/** What is drawn for the layers of a net, and more. */
const layerDraws = 1 << 20;

/** Errors that stay when a layer is computed. */
const kept = ({ errors, most }: Errors): Errors => ({
  errors: tf.keep(tf.clone(errors)),
  most: tf.keep(tf.clone(most)),
});

/** Whether the best score stays ahead of every other; a single one on its side of a half. */
function stands(scores: Float32Array, errors: Float32Array[]): boolean {
  const most = errors.reduce((all, error) => error.reduce((a, b) => Math.max(a, Math.abs(b)), all), 0);
  const lost = reach * unit * most;
  const far = (of: (error: Float32Array) => number) => lost + Math.max(...errors.map((error) => Math.abs(of(error))));
  if (scores.length === 1) return Math.abs(scores[0]! - 0.5) >= far((error) => error[0]!);
  const best = scores.indexOf(Math.max(...scores));
  return scores.every((score, k) => k === best || scores[best]! - score >= far((error) => error[best]! - error[k]!));
}

/** Half a unit in the last place for a sum of so many terms, divided by `reach` as far as that does not do. */
const unitOf = (terms: number): number => unit * Math.max(1, terms / reach);
