import { ofChannel } from '../../data/layout.ts';
import type { Model, Shape } from '../../models/net.ts';
import { crossEntropy, logitsOf } from './loss.ts';
import { Passes } from './passes.ts';

/** The least and the greatest value of a pixel as the net takes it: one for all channels, or one for each. */
export interface PixelRange {
  least: readonly number[];
  most: readonly number[];
}

/** A trigger in numbers without bounds: a [H, W, 1] gives its mask, b [H, W, C] its pattern. */
export interface TriggerParameters {
  a: Float64Array;
  b: Float64Array;
}

/** A trigger as it is stamped: x * (1 - mask) + pattern * mask. */
export interface ReversedTrigger {
  /** [H, W, 1], each from 0 to 1. */
  mask: Float32Array;
  /** [H, W, C] as the net takes pixels. */
  pattern: Float32Array;
}

/** What a trigger does to some images, and which way it gets better. */
export interface TriggerGradients {
  /** The mean cross entropy to the target class, and lambda times the sum of the mask. */
  loss: number;
  /** The share of the images that are given the target class. */
  success: number;
  a: Float64Array;
  b: Float64Array;
}

const half = (x: number): number => (Math.tanh(x) + 1) / 2;
const slopeOfHalf = (x: number): number => (1 - Math.tanh(x) ** 2) / 2;

/** The trigger of some parameters, for images of `channels`. */
export function triggerOf({ a, b }: TriggerParameters, channels: number, { least, most }: PixelRange): ReversedTrigger {
  const pattern = new Float32Array(b.length);
  for (let c = 0; c < channels; c++) {
    const [low, high] = [ofChannel(least, c), ofChannel(most, c)];
    for (let i = c; i < b.length; i += channels) pattern[i] = low + half(b[i]!) * (high - low);
  }
  return { mask: new Float32Array(a.map(half)), pattern };
}

/** Stamps a trigger on images [n, H, W, C], in place. */
export function stamp(images: Float32Array, { mask, pattern }: ReversedTrigger): void {
  const channels = pattern.length / mask.length;
  for (let start = 0; start < images.length; start += pattern.length) {
    for (let pixel = 0, i = 0; pixel < mask.length; pixel++) {
      const m = mask[pixel]!;
      for (const end = i + channels; i < end; i++) images[start + i] = images[start + i]! * (1 - m) + pattern[i]! * m;
    }
  }
}

/** The sum of a mask: how large a trigger is. */
export const sizeOfMask = ({ mask }: ReversedTrigger): number => mask.reduce((sum, m) => sum + m, 0);

/** A net as it is, asked which way a trigger gets better. */
export class TriggerNet {
  private readonly passes: Passes;
  private readonly logits;
  private readonly shape: Shape;

  /** Throws `no-gradient`. */
  constructor(model: Model, edits?: ReadonlyMap<string, Float32Array>) {
    this.logits = logitsOf(model);
    this.shape = model.inputShape;
    this.passes = new Passes(model, [this.logits.id], { weights: false, input: true }, edits);
  }

  /** Images [n, H, W, C] with the trigger of `parameters` on them, which is to make the net answer `target`. */
  gradients(
    images: Float32Array,
    target: number,
    parameters: TriggerParameters,
    lambda: number,
    range: PixelRange,
  ): TriggerGradients {
    const channels = this.shape.at(-1)!;
    const size = parameters.b.length;
    const count = images.length / size;
    const trigger = triggerOf(parameters, channels, range);
    const stamped = images.slice();
    stamp(stamped, trigger);
    const found: TriggerGradients = {
      loss: lambda * sizeOfMask(trigger),
      success: 0,
      a: new Float64Array(parameters.a.length).fill(lambda),
      b: new Float64Array(size),
    };
    for (let start = 0; start < count; start += this.passes.most) {
      const stop = Math.min(start + this.passes.most, count);
      const some = images.subarray(start * size, stop * size);
      this.addPass(found, some, stamped.subarray(start * size, stop * size), target, trigger, count);
    }
    for (let i = 0; i < found.a.length; i++) found.a[i]! *= slopeOfHalf(parameters.a[i]!);
    for (let c = 0; c < channels; c++) {
      const width = ofChannel(range.most, c) - ofChannel(range.least, c);
      for (let i = c; i < size; i += channels) found.b[i]! *= slopeOfHalf(parameters.b[i]!) * width;
    }
    return found;
  }

  dispose(): void {
    this.passes.dispose();
  }

  /** Adds what a pass finds by mask and pattern. */
  private addPass(
    found: TriggerGradients,
    images: Float32Array,
    stamped: Float32Array,
    target: number,
    { mask, pattern }: ReversedTrigger,
    among: number,
  ): void {
    const { length: size } = pattern;
    const channels = size / mask.length;
    const labels = new Int32Array(images.length / size).fill(target);
    const { input } = this.passes.run(stamped, labels.length, ([logits]) => {
      const { sum, slopes, hits } = crossEntropy(logits!, labels, this.logits.kind, among);
      found.loss += sum / among;
      found.success += hits / among;
      return [slopes];
    });
    const slopes = input!.dataSync<'float32'>();
    for (let start = 0; start < slopes.length; start += size) {
      for (let pixel = 0, i = 0; pixel < mask.length; pixel++) {
        for (const end = i + channels; i < end; i++) {
          const slope = slopes[start + i]!;
          found.a[pixel]! += slope * (pattern[i]! - images[start + i]!);
          found.b[i]! += slope * mask[pixel]!;
        }
      }
    }
    input!.dispose();
  }
}
