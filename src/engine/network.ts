import * as tf from '@tensorflow/tfjs-core';
import { failure } from '../errors.ts';
import type { Shape } from '../keras/layers/spec.ts';
import type { Call, Model } from '../keras/model.ts';
import { runCalls, WeightTensors } from './graph.ts';
import { channelChain, dependents, type Target } from './target.ts';

/** What the rest of the net needs of some images: the tensor at the cut, and any other tensor it reads. Row-major, images first. */
export interface Features {
  count: number;
  cut: Float32Array;
  sides: Float32Array[];
}

const batchImages = 128;
const batchBytes = 1 << 25;
const sizeOf = (shape: Shape): number => shape.reduce((a, b) => a * b, 1);

/** A net in two parts: the prefix, which pruning never changes, and the suffix behind the cut. Without a target all of it is suffix. */
export class Network {
  readonly channels: number;
  /** Values per image at the cut; channels are innermost. */
  readonly cutSize: number;
  /** The cut of an image on which every channel is pruned: `cutSize` values. */
  readonly constant: Float32Array;
  private readonly weights = new WeightTensors();
  private readonly cut: string;
  private readonly sides: string[];
  private readonly prefix: Call[];
  private readonly suffix: Call[];
  private readonly shapes: Map<string, Shape>;
  private readonly batch: number;

  constructor(private readonly model: Model, target: Target | null) {
    const calls = target?.calls ?? model.calls;
    this.cut = target?.cut ?? model.input;
    this.shapes = new Map(calls.map((call) => [call.id, call.shape]));
    this.suffix = dependents(calls, this.cut);
    const behind = new Set([this.cut, ...this.suffix.map((call) => call.id)]);
    this.sides = [...new Set(this.suffix.flatMap((call) => call.inputs))].filter((id) => !behind.has(id));
    this.prefix = leadingTo(calls, [this.cut, ...this.sides]);
    this.cutSize = sizeOf(this.shapes.get(this.cut)!);
    this.channels = target?.channels ?? this.shapes.get(this.cut)!.at(-1)!;
    const largest = Math.max(...calls.map((call) => sizeOf(call.shape)));
    this.batch = Math.max(1, Math.min(batchImages, Math.floor(batchBytes / (4 * largest))));
    this.constant = target === null ? new Float32Array(this.cutSize) : this.prunedMap(target);
  }

  /** Bytes that the features of one image take. */
  get featureBytes(): number {
    return 4 * (this.cutSize + this.sides.reduce((sum, id) => sum + sizeOf(this.shapes.get(id)!), 0));
  }

  /** Runs the prefix on `count` images, N,H,W,C in row-major order. */
  features(images: Float32Array, count: number): Features {
    const wanted = [this.cut, ...this.sides];
    const sizes = wanted.map((id) => sizeOf(this.shapes.get(id)!));
    const outputs = sizes.map((size) => new Float32Array(count * size));
    const inputSize = sizeOf(this.model.inputShape);
    for (let start = 0; start < count; start += this.batch) {
      const n = Math.min(this.batch, count - start);
      const input = tf.tensor(images.subarray(start * inputSize, (start + n) * inputSize), [n, ...this.model.inputShape]);
      const tensors = runCalls(this.prefix, new Map([[this.model.input, input]]), wanted, this.weights);
      tensors.forEach((tensor, i) => outputs[i]!.set(tensor.dataSync<'float32'>(), start * sizes[i]!));
      tf.dispose(tensors);
    }
    return { count, cut: outputs[0]!, sides: outputs.slice(1) };
  }

  /** The class that the net answers for each of the chosen images: the first of the highest scores. Throws `output-not-finite`. */
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
  scores(features: Features, rows: Int32Array): Float32Array {
    const feed = [features.cut, ...features.sides].map((values, i): [string, tf.Tensor] => {
      const id = [this.cut, ...this.sides][i]!;
      const shape = this.shapes.get(id)!;
      return [id, tf.tensor(gather(values, rows, sizeOf(shape)), [rows.length, ...shape])];
    });
    const [output] = runCalls(this.suffix, new Map(feed), [this.model.output], this.weights);
    const scores = output!.dataSync<'float32'>();
    output!.dispose();
    return scores;
  }

  dispose(): void {
    this.weights.dispose();
  }

  /** The first of the highest scores; for a single sigmoid, whether it is above 0.5. */
  private classOf(scores: Float32Array, row: number): number {
    const { outputs } = this.model;
    let best = 0;
    for (let k = 0; k < outputs; k++) {
      const score = scores[row * outputs + k]!;
      if (!Number.isFinite(score)) throw failure('output-not-finite', this.model.file, { cause: `class ${k} (${score})` });
      if (score > scores[row * outputs + best]!) best = k;
    }
    return outputs === 1 ? Number(scores[row]! > 0.5) : best;
  }

  /** Zeroed weights answer zero before the layer's own activation; what its channel-wise chain makes of that is the same for every image. */
  private prunedMap(target: Target): Float32Array {
    const call = target.calls.find((other) => other.layer.name === target.layer.name)!;
    if (target.prunes === 'inputs') return new Float32Array(this.cutSize);
    const activation = { ...call.layer, className: 'Activation', options: { activation: call.layer.options['activation'] ?? 'linear' }, weights: [] };
    const chain = channelChain(target.calls, call);
    const [first, ...rest] = chain.slice(0, chain.findIndex((link) => link.id === target.cut) + 1);
    const start: Call = { ...first!, layer: activation, inputs: ['zeros'] };
    const zeros = tf.zeros([1, ...first!.shape]);
    const [map] = runCalls([start, ...rest], new Map([['zeros', zeros]]), [target.cut], this.weights);
    const values = map!.dataSync<'float32'>().slice();
    map!.dispose();
    return values;
  }
}

/** The calls that some tensors are computed from, in order; the model's input itself needs none. */
function leadingTo(calls: readonly Call[], wanted: readonly string[]): Call[] {
  const needed = new Set(wanted);
  const found = [...calls].reverse().filter((call) => needed.has(call.id) && call.inputs.every((id) => needed.add(id)));
  return found.reverse().filter((call) => call.inputs.length > 0);
}

/** Rows of `size` values, picked by number. */
function gather(values: Float32Array, rows: Int32Array, size: number): Float32Array {
  const picked = new Float32Array(rows.length * size);
  for (let i = 0; i < rows.length; i++) picked.set(values.subarray(rows[i]! * size, (rows[i]! + 1) * size), i * size);
  return picked;
}
