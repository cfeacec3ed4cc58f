import * as tf from '@tensorflow/tfjs-core';
import { failure } from '../../base/errors.ts';
import type { Edits, Model } from '../../models/net.ts';
import { adam } from '../kernels/gradients.ts';
import { AdamPowers, epsilon } from './adam.ts';
import { crossEntropy, type LogitsAt, logitsOf } from './loss.ts';
import { Passes } from './passes.ts';
import type { Batch, TrainingSettings } from './train.ts';

const [keep, keepSquare] = [0.9, 0.999];

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
