import { type Shape, sizeOf } from '../models/keras/layers/spec.ts';
import type { Call, Model } from '../models/keras/model.ts';
import { dependents, type Target } from './target.ts';

/** A net in two parts: the prefix, which pruning never changes, and the suffix behind the cut. Without a target all of it is suffix. */
export interface Parts {
  model: Model;
  target: Target | null;
  cut: string;
  /** Other tensors of the prefix that the suffix reads. */
  sides: string[];
  prefix: Call[];
  suffix: Call[];
  shapes: ReadonlyMap<string, Shape>;
  channels: number;
  /** Values per image at the cut; channels are innermost. */
  cutSize: number;
  /** Bytes that the features of one image take. */
  featureBytes: number;
}

export function splitNet(model: Model, target: Target | null): Parts {
  const calls = target?.calls ?? model.calls;
  const cut = target?.cut ?? model.input;
  const shapes = new Map(calls.map((call) => [call.id, call.shape]));
  const suffix = dependents(calls, cut);
  const behind = new Set([cut, ...suffix.map((call) => call.id)]);
  const sides = [...new Set(suffix.flatMap((call) => call.inputs))].filter((id) => !behind.has(id));
  return {
    model,
    target,
    cut,
    sides,
    prefix: leadingTo(calls, [cut, ...sides]),
    suffix,
    shapes,
    channels: target?.channels ?? shapes.get(cut)!.at(-1)!,
    cutSize: sizeOf(shapes.get(cut)!),
    featureBytes: 4 * [cut, ...sides].reduce((sum, id) => sum + sizeOf(shapes.get(id)!), 0),
  };
}

/** The calls that some tensors are computed from, in order; the model's input itself needs none. */
function leadingTo(calls: readonly Call[], wanted: readonly string[]): Call[] {
  const needed = new Set(wanted);
  const found = [...calls].reverse().filter((call) => needed.has(call.id) && call.inputs.every((id) => needed.add(id)));
  return found.reverse().filter((call) => call.inputs.length > 0);
}
