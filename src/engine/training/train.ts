import * as tf from '@tensorflow/tfjs-core';
import { breathe } from '../../base/breathe.ts';
import { failure } from '../../base/errors.ts';
import type { Edits, Model } from '../../models/net.ts';
import { adam } from '../kernels/gradients.ts';
import { AdamPowers, epsilon } from './adam.ts';
import { batches, mulberry32, trainedAStep } from './draw.ts';
import { crossEntropy, type LogitsAt, logitsOf } from './loss.ts';
import { Passes } from './passes.ts';
import { type ReversedTrigger, stamp } from './trigger-gradients.ts';

/** Images with their true labels, which are looked at in any order. */
export interface Examples {
  labels: Int32Array;
  /** Some images by number as the net takes them, row-major, in an array of their own. */
  images(numbers: Int32Array): Float32Array;
}

/** Images of one step, with their labels. */
export interface Batch {
  images: Float32Array;
  labels: Int32Array;
}

export interface TrainingSettings {
  /** The images that train, by number. */
  images: Int32Array;
  steps: number;
  rate: number;
  /** What batches are drawn with. */
  seed: number;
  /** Weights that differ from the file's at the start. */
  from?: Edits;
  /** By path: for each weight 1, or 0 where it stays as it is. */
  masks?: ReadonlyMap<string, Float32Array>;
  /** Stamped in turn on the first half of each batch, whose labels stay the true ones. */
  triggers?: readonly ReversedTrigger[];
}

/** What training made of a net. */
export interface Trained {
  /** The new values of all weights that were trained, and those that it started from. */
  weights: Edits;
  /** The mean loss of each step, before it. It is no number where the training went astray. */
  losses: Float64Array;
}

const [keep, keepSquare] = [0.9, 0.999];

/**
 * Trains a net by Adam on the cross entropy of its logits. Statistics of normalizations and layers that are not to be
 * trained stand. Throws `no-gradient` and `engine-failed`.
 */
export async function train(model: Model, examples: Examples, settings: TrainingSettings): Promise<Trained> {
  const { images, steps, rate, seed, triggers = [] } = settings;
  const losses = new Float64Array(steps);
  const trainer = new Trainer(model, settings);
  let stamped = 0;
  try {
    const drawn = batches(images, trainedAStep, mulberry32(seed), 'kept');
    for (let step = 0; step < steps; step++) {
      const numbers = drawn.next().value as Int32Array;
      const labels = Int32Array.from(numbers, (i) => examples.labels[i]!);
      const batch: Batch = { images: examples.images(numbers), labels };
      stamped = stampHalf(batch, triggers, stamped);
      losses[step] = trainer.step(batch, rate);
      await breathe(undefined);
    }
    return { weights: trainer.weights(), losses };
  } finally {
    trainer.dispose();
  }
}

/** Stamps the first half of a batch, in turn with the triggers after the first `before`; answers how many images are stamped by then. */
function stampHalf({ images, labels }: Batch, triggers: readonly ReversedTrigger[], before: number): number {
  if (triggers.length === 0) return before;
  const size = images.length / labels.length;
  const half = Math.floor(labels.length / 2);
  for (let i = 0; i < half; i++)
    stamp(images.subarray(i * size, (i + 1) * size), triggers[(before + i) % triggers.length]!);
  return before + half;
}

/** The moments of a weight's gradients. */
interface Moments {
  m: tf.Tensor;
  v: tf.Tensor;
}

/** A net that is trained on the engine of this thread, step by step. */
export class Trainer {
  private readonly logits: LogitsAt;
  private readonly passes: Passes;
  private readonly powers = new AdamPowers(keep, keepSquare);
  private readonly moments: ReadonlyMap<string, Moments>;
  private readonly masks: ReadonlyMap<string, tf.Tensor>;
  private readonly from: Edits;

  constructor(model: Model, { from = new Map(), masks = new Map() }: Pick<TrainingSettings, 'from' | 'masks'>) {
    this.from = from;
    this.logits = logitsOf(model);
    this.passes = new Passes(model, [this.logits.id], { weights: true, input: false }, from);
    const { trained } = this.passes;
    if (trained.length === 0) {
      this.passes.dispose();
      throw failure('no-gradient', model.file, {
        layer: model.calls[0]!.layer.name,
        className: model.calls[0]!.layer.className,
        cause: 'every layer of the net is frozen (`trainable` is false)',
      });
    }
    const zeros = (shape: readonly number[]): tf.Tensor => tf.zeros([...shape]);
    this.moments = new Map(trained.map(({ path, shape }) => [path, { m: zeros(shape), v: zeros(shape) }]));
    this.masks = new Map(
      trained.flatMap(({ path, shape }) =>
        masks.has(path) ? [[path, tf.tensor(masks.get(path)!, [...shape])] as const] : [],
      ),
    );
  }

  /** Changes the weights by one step; answers the mean loss before it. */
  step(batch: Batch, rate: number): number {
    const { loss, gradients } = this.gradients(batch);
    const step = { keep, keepSquare, epsilon, rate: this.powers.next(rate) };
    for (const [path, gradient] of gradients) {
      const { m, v } = this.moments.get(path)!;
      const mask = this.masks.get(path);
      tf.tidy(() => adam(this.passes.weight(path), m, v, mask ? tf.mul(gradient, mask) : gradient, step));
    }
    tf.dispose([...gradients.values()]);
    return loss;
  }

  /** The mean loss of a batch, and its gradients by the paths of the weights. The caller releases them. */
  gradients({ images, labels }: Batch): { loss: number; gradients: Map<string, tf.Tensor> } {
    const { length } = labels;
    const size = images.length / length;
    const gradients = new Map<string, tf.Tensor>();
    let loss = 0;
    for (let start = 0; start < length; start += this.passes.most) {
      const stop = Math.min(start + this.passes.most, length);
      const found = this.passes.run(images.subarray(start * size, stop * size), stop - start, ([logits]) => {
        const { sum, slopes } = crossEntropy(logits!, labels.subarray(start, stop), this.logits.kind, length);
        loss += sum / length;
        return [slopes];
      });
      for (const [path, gradient] of found.weights) {
        const before = gradients.get(path);
        gradients.set(path, before === undefined ? gradient : tf.add(before, gradient));
        if (before !== undefined) tf.dispose([before, gradient]);
      }
    }
    return { loss, gradients };
  }

  /** The weights as they are now. */
  weights(): Edits {
    const found = this.passes.trained.map(
      ({ path }) => [path, this.passes.weight(path).dataSync<'float32'>().slice()] as const,
    );
    return new Map([...this.from, ...found]);
  }

  dispose(): void {
    this.passes.dispose();
    tf.dispose([...this.moments.values()].flatMap(({ m, v }) => [m, v]));
    tf.dispose([...this.masks.values()]);
  }
}
