import * as tf from '@tensorflow/tfjs-core';
import { failure } from '../../base/errors.ts';
import type { Edits, Model } from '../../models/net.ts';
import { adam } from '../kernels/gradients.ts';
import { AdamPowers, epsilon } from './adam.ts';
import { partsOfABatch, shareOf } from './draw.ts';
import { Exchange, type Member } from './exchange.ts';
import { crossEntropy, type LogitsAt, logitsOf } from './loss.ts';
import { Passes } from './passes.ts';
import type { Batch, TrainingSettings } from './train.ts';

const [keep, keepSquare] = [0.9, 0.999];

/** The moments of a weight's gradients. */
interface Moments {
  m: tf.Tensor;
  v: tf.Tensor;
}

/** Gradients by the paths of the weights: of all that are trained, in the order of the net. Who has them releases them. */
type Slopes = Map<string, tf.Tensor>;

/** The loss of some images, and its gradients. */
interface Found {
  loss: number;
  gradients: Slopes;
}

/** A net that is trained on the engine of this thread, step by step: by it alone, or by a team of which it is a member. */
export class Trainer {
  private readonly logits: LogitsAt;
  private readonly passes: Passes;
  private readonly powers = new AdamPowers(keep, keepSquare);
  private readonly moments: ReadonlyMap<string, Moments>;
  private readonly masks: ReadonlyMap<string, tf.Tensor>;
  private readonly from: Edits;
  /** How many parts of each batch are computed here. */
  private readonly parts: number;
  private readonly exchange: Exchange | null;

  constructor(
    model: Model,
    { from = new Map(), masks = new Map() }: Pick<TrainingSettings, 'from' | 'masks'>,
    member: Member | null = null,
  ) {
    this.from = from;
    this.parts = partsOfABatch / (member?.of ?? 1);
    this.exchange = member && new Exchange(member);
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

  /**
   * Changes the weights by one step; answers the mean loss before it, or the share of it that is of these images. Null
   * where another member left.
   */
  async step(batch: Batch, rate: number): Promise<number | null> {
    const { loss, gradients } = this.gradients(batch);
    const all = this.exchange === null ? gradients : await summed(gradients, this.exchange);
    if (all === null) return null;
    const step = { keep, keepSquare, epsilon, rate: this.powers.next(rate) };
    for (const [path, gradient] of all) {
      const { m, v } = this.moments.get(path)!;
      const mask = this.masks.get(path);
      tf.tidy(() => adam(this.passes.weight(path), m, v, mask ? tf.mul(gradient, mask) : gradient, step));
    }
    tf.dispose([...all.values()]);
    return loss;
  }

  /** The loss of images and its gradients: of two halves, each of them of two halves, and so on, added up. */
  gradients(batch: Batch, parts = this.parts): Found {
    if (parts === 1) return this.ofPart(batch);
    const [first, second] = [0, 1].map((half) => this.gradients(halfOf(batch, half), parts / 2)) as [Found, Found];
    return { loss: first.loss + second.loss, gradients: added(first.gradients, second.gradients) };
  }

  /** The same of a part, in as many passes as the memory wants. */
  private ofPart({ images, labels, among }: Batch): Found {
    const { length } = labels;
    const size = images.length / length;
    let gradients: Slopes = new Map();
    let loss = 0;
    for (let start = 0; start < length; start += this.passes.most) {
      const stop = Math.min(start + this.passes.most, length);
      const found = this.passes.run(images.subarray(start * size, stop * size), stop - start, ([logits]) => {
        const { sum, slopes } = crossEntropy(logits!, labels.subarray(start, stop), this.logits.kind, among);
        loss += sum / among;
        return [slopes];
      });
      gradients = added(gradients, found.weights);
    }
    const all = this.passes.trained.map(
      ({ path, shape }) => [path, gradients.get(path) ?? tf.zeros([...shape])] as const,
    );
    return { loss, gradients: new Map(all) };
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

/** A half of some images. */
function halfOf({ images, labels, among }: Batch, half: number): Batch {
  const [start, stop] = shareOf(labels.length, half, 2);
  const size = images.length / labels.length;
  return { images: images.subarray(start * size, stop * size), labels: labels.subarray(start, stop), among };
}

/** Gradients added up, which takes over both. */
function added(some: Slopes, more: Slopes): Slopes {
  const all = new Map(some);
  for (const [path, gradient] of more) {
    const before = all.get(path);
    all.set(path, before === undefined ? gradient : tf.add(before, gradient));
    if (before !== undefined) tf.dispose([before, gradient]);
  }
  return all;
}

/** The gradients of all members added up, which takes over these; null where a member left. */
async function summed(gradients: Slopes, exchange: Exchange): Promise<Slopes | null> {
  const own = [...gradients.values()];
  const numbers = new Float32Array(own.reduce((sum, { size }) => sum + size, 0));
  own.reduce((at, gradient) => (numbers.set(gradient.dataSync<'float32'>(), at), at + gradient.size), 0);
  tf.dispose(own);
  if (!(await exchange.addUp(numbers))) return null;
  let at = 0;
  return new Map(
    [...gradients].map(([path, { shape, size }]) => [path, tf.tensor(numbers.subarray(at, (at += size)), shape)]),
  );
}
