import * as tf from '@tensorflow/tfjs-core';
import { failure } from '../base/errors.ts';
import { sizeOf } from '../models/net.ts';
import { computed, type Computes, type Computing, runCalls, WeightTensors } from './graph.ts';
import { limit } from './kernels/reach.ts';
import type { Cut, Parts } from './parts.ts';
import { planRows } from './rows/plan.ts';
import { RowNet } from './rows/row-net.ts';

/**
 * What the rest of the net needs of some images: the tensor at the cut, and any other tensor it reads. Row-major,
 * images first.
 */
export interface Features {
  count: number;
  cut: Float32Array;
  sides: Float32Array[];
}

export const batchImages = 64;
const batchBytes = 1 << 25;

/** A net's two parts on the engine of this thread. */
export class Network {
  /** The cut of an image on which every channel is off: `cutSize` values. */
  readonly constant: Float32Array;
  /** The suffix as sums of weight rows, where it can be had so. */
  readonly rows: RowNet | null;
  private readonly weights: WeightTensors;
  /** The numbers that scores near and do not leave again. */
  private readonly ends: readonly number[];
  /** How many images are computed at once; and how many may be, as far as memory goes. */
  readonly batch: number;
  readonly most: number;

  constructor(readonly parts: Parts) {
    const { file, calls, dialect } = parts.model;
    this.weights = new WeightTensors(file, calls, dialect === 'onnx' ? 'onnxruntime' : 'TensorFlow');
    this.ends = ends[calls.at(-1)!.layer.options['activation'] as string] ?? [];
    const largest = Math.max(...[...parts.shapes.values()].map(sizeOf));
    this.most = Math.max(1, Math.floor(batchBytes / (4 * largest)));
    this.batch = Math.min(batchImages, this.most);
    this.constant = parts.cut === null ? new Float32Array(parts.cutSize) : this.constantOf(parts.cut);
    this.weights.bounds.include(parts.at, this.constant);
    const plan = parts.cut === null ? null : planRows(parts);
    this.rows = plan && new RowNet(plan, parts.at, parts.model.outputs);
  }

  /** Runs the prefix on `count` images, N,H,W,C in row-major order. */
  features(images: Float32Array, count: number): Features {
    const { model, prefix, at, sides, shapes } = this.parts;
    this.weights.bounds.include(model.input, images);
    if (at === model.input && sides.length === 0) return { count, cut: images, sides: [] };
    const wanted = [at, ...sides];
    const sizes = wanted.map((id) => sizeOf(shapes.get(id)!));
    const outputs = sizes.map((size) => new Float32Array(count * size));
    const inputSize = sizeOf(model.inputShape);
    for (let start = 0; start < count; start += this.batch) {
      const n = Math.min(this.batch, count - start);
      const input = this.tensor(images.subarray(start * inputSize, (start + n) * inputSize), n, model.input);
      const tensors = runCalls(prefix, new Map([[model.input, input]]), wanted, this.weights);
      tensors.forEach((tensor, i) => outputs[i]!.set(tensor.dataSync<'float32'>(), start * sizes[i]!));
      tf.dispose(tensors);
    }
    return { count, cut: outputs[0]!, sides: outputs.slice(1) };
  }

  /**
   * The class that the net answers for each of the chosen images: the first of the highest scores. Throws
   * `output-not-finite`.
   */
  classes(features: Features, chosen: Int32Array): Int32Array {
    const answer = new Int32Array(chosen.length);
    for (let start = 0; start < chosen.length; start += this.batch) {
      const rows = chosen.subarray(start, start + this.batch);
      const scores = this.scores(features, rows);
      for (let i = 0; i < rows.length; i++) answer[start + i] = this.classOf(scores, i);
    }
    return answer;
  }

  /** The net's output rows for the chosen images, `outputs` values each. At most one batch. */
  scores(features: Features, rows: Int32Array, computing?: Computes): Float32Array {
    const { model, suffix, at, sides, shapes } = this.parts;
    const feed = [features.cut, ...features.sides].map((values, i): [string, tf.Tensor] => {
      const id = [at, ...sides][i]!;
      return [id, this.tensor(gather(values, rows, sizeOf(shapes.get(id)!)), rows.length, id)];
    });
    const [output] = runCalls(suffix, new Map(feed), [model.output], this.weights, computing);
    const scores = output!.dataSync<'float32'>();
    output!.dispose();
    return scores;
  }

  /**
   * The classes of some images with each list of channels in `offs` pruned and every layer computed in another way; -1
   * where the scores do not tell. All images are computed at once, and what does not depend on the channels once for
   * all lists.
   */
  otherwise(images: Float32Array, count: number, offs: readonly Int32Array[], computing: Computing): Int32Array[] {
    const { model, shared, known } = this.parts;
    this.weights.bounds.include(model.input, images);
    const input = this.tensor(images.slice(), count, model.input);
    const tensors = runCalls(shared, new Map([[model.input, input]]), known, this.weights, computing);
    const answers = offs.map((off) => {
      const feed = new Map(known.map((id, i) => [id, tf.clone(tensors[i]!)]));
      return this.classesOtherwise(feed, count, off, computing.branch(off));
    });
    tf.dispose(tensors);
    computing.dispose?.();
    return answers;
  }

  private classesOtherwise(
    feed: Map<string, tf.Tensor>,
    count: number,
    off: Int32Array,
    computing: Computing,
  ): Int32Array {
    const { model, own, at, sides } = this.parts;
    const found = runCalls(own, feed, [at, ...sides], this.weights, computing);
    const [cut, ...others] = found.map((tensor) => tensor.dataSync<'float32'>().slice());
    tf.dispose(found);
    const features: Features = { count, cut: cut!, sides: others };
    prune(features, this, off);
    const scores = this.scores(
      features,
      Int32Array.from({ length: count }, (_, i) => i),
      computing,
    );
    const { outputs } = model;
    const decided = computing.decided?.(scores, outputs);
    computing.dispose?.();
    return Int32Array.from({ length: count }, (_, i) =>
      decided?.[i] !== false && tells(scores.subarray(i * outputs, (i + 1) * outputs), this.ends)
        ? this.classOf(scores, i)
        : -1,
    );
  }

  dispose(): void {
    this.weights.dispose();
  }

  /** The engine's copy of what `id` has for `count` images. */
  private tensor(values: Float32Array, count: number, id: string): tf.Tensor {
    const { model, shapes } = this.parts;
    const { layer } = model.calls.find((call) => call.id === id) ?? model.calls[0]!;
    return computed(model.file, layer, () => tf.tensor(values, [count, ...shapes.get(id)!]));
  }

  /** The first of the highest scores; for a single sigmoid, whether it is above 0.5. */
  private classOf(scores: Float32Array, row: number): number {
    const { outputs, file } = this.parts.model;
    let best = 0;
    for (let k = 0; k < outputs; k++) {
      const score = scores[row * outputs + k]!;
      if (!(Math.abs(score) < limit)) throw failure('output-not-finite', file, { cause: ` for class ${k} (${score})` });
      if (score > scores[row * outputs + best]!) best = k;
    }
    return outputs === 1 ? Number(scores[row]! > 0.5) : best;
  }

  /** What becomes of zeros up to the cut: the same for every image. */
  private constantOf({ at, constant: [first, ...rest] }: Cut): Float32Array {
    if (first === undefined) return new Float32Array(this.parts.cutSize);
    const zeros = tf.zeros([1, ...first.shape]);
    this.weights.bounds.include('zeros', Float32Array.of(0));
    const calls = [{ ...first, inputs: ['zeros'] }, ...rest];
    const [map] = runCalls(calls, new Map([['zeros', zeros]]), [at], this.weights);
    const values = map!.dataSync<'float32'>().slice();
    map!.dispose();
    return values;
  }
}

/**
 * Sets channels of cut [images, positions, channels] to their pruned values; answers the images in which that changed
 * something.
 */
export function prune(
  { count, cut }: Features,
  { constant, parts: { channels, cutSize } }: Network,
  pruned: Int32Array,
): Int32Array {
  const changed: number[] = [];
  for (let image = 0; image < count; image++) {
    const base = image * cutSize;
    let differs = false;
    for (const channel of pruned) {
      for (let at = channel; at < cutSize; at += channels) {
        if (cut[base + at] === constant[at]) continue;
        cut[base + at] = constant[at]!;
        differs = true;
      }
    }
    if (differs) changed.push(image);
  }
  return Int32Array.from(changed);
}

/** Where activations saturate: each library rounds them otherwise there. */
const ends: Readonly<Record<string, readonly number[]>> = { sigmoid: [0, 1], tanh: [-1, 1], softsign: [-1, 1] };

/**
 * How near together saturated scores are a tie, and how near an end they are saturated. The first is 8 units of the
 * last place below 1.
 */
const tie = 2 ** -21,
  saturated = 2 ** -12;

/** Whether scores are finite, and the best two are no tie that comes of saturation. */
function tells(scores: Float32Array, saturating: readonly number[]): boolean {
  if (!scores.every(Number.isFinite)) return false;
  const [best, second] = scores.slice().sort().reverse();
  return second === undefined || best! - second > tie || !saturating.some((end) => Math.abs(best! - end) < saturated);
}

/** Rows of `size` values, picked by number. */
function gather(values: Float32Array, rows: Int32Array, size: number): Float32Array {
  const picked = new Float32Array(rows.length * size);
  for (let i = 0; i < rows.length; i++) picked.set(values.subarray(rows[i]! * size, (rows[i]! + 1) * size), i * size);
  return picked;
}
