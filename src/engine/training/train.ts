import { breathe } from '../../base/breathe.ts';
import type { Edits, Model } from '../../models/net.ts';
import type { Progress } from '../chunks.ts';
import { batches, mulberry32, shareOf, trainedAStep } from './draw.ts';
import type { Member } from './exchange.ts';
import { Trainer } from './trainer.ts';
import { type ReversedTrigger, stamp } from './trigger-gradients.ts';

/** Images with their true labels, which are looked at in any order. */
export interface Examples {
  labels: Int32Array;
  /** Some images by number as the net takes them, row-major, in an array of their own. */
  images(numbers: Int32Array): Float32Array;
}

/** Images of one step, or some of them, with their labels. */
export interface Batch {
  images: Float32Array;
  labels: Int32Array;
  /** How many the step takes: losses and gradients are shares of its means. */
  among: number;
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

/** What training made of a net; of members, the first tells the weights, and each its shares of the losses. */
export interface Trained {
  /** The new values of all weights that were trained, and those that it started from. */
  weights: Edits;
  /** The mean loss of each step, before it. It is no number where the training went astray. */
  losses: Float64Array;
}

/**
 * Trains a net by Adam on the cross entropy of its logits. Statistics of normalizations and layers that are not to be
 * trained stand. Tells of the images of each step, of which a short batch counts as a whole one. A `member` computes its
 * share of each batch, and ends early where another one left. Throws `no-gradient` and `engine-failed`.
 */
export async function train(
  model: Model,
  examples: Examples,
  settings: TrainingSettings,
  member: Member | null = null,
  progress: Progress = () => undefined,
): Promise<Trained> {
  const { images, steps, rate, seed, triggers = [] } = settings;
  const losses = new Float64Array(steps);
  const { place, of } = member ?? { place: 0, of: 1 };
  const trainer = new Trainer(model, settings, member);
  let stamped = 0;
  try {
    const drawn = batches(images, trainedAStep, mulberry32(seed), 'kept');
    for (let step = 0; step < steps; step++) {
      const numbers = drawn.next().value as Int32Array;
      const [start, stop] = shareOf(numbers.length, place, of);
      const batch = batchOf(examples, numbers.subarray(start, stop), numbers.length);
      const half = Math.floor(numbers.length / 2);
      stampSome(batch, half - start, triggers, stamped + start);
      stamped += half;
      const loss = await trainer.step(batch, rate);
      if (loss === null) break;
      losses[step] = loss;
      progress(trainedAStep);
      if (member === null) await breathe(undefined); // members wait for each other
    }
    return { weights: place === 0 ? trainer.weights() : new Map(), losses };
  } finally {
    trainer.dispose();
  }
}

/** Some images of a step, which takes `among`. */
function batchOf(examples: Examples, numbers: Int32Array, among: number): Batch {
  const images = numbers.length === 0 ? new Float32Array() : examples.images(numbers);
  return { images, labels: Int32Array.from(numbers, (i) => examples.labels[i]!), among };
}

/** Stamps the first `count` images of a batch, or all, in turn with the triggers after the first `before`. */
function stampSome(
  { images, labels }: Batch,
  count: number,
  triggers: readonly ReversedTrigger[],
  before: number,
): void {
  if (triggers.length === 0) return;
  const size = images.length / labels.length;
  for (let i = 0; i < Math.min(count, labels.length); i++)
    stamp(images.subarray(i * size, (i + 1) * size), triggers[(before + i) % triggers.length]!);
}
