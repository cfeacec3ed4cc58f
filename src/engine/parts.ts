import { type Call, type Model, type Shape, sizeOf } from '../models/net.ts';

/**
 * Where a net is cut in two: the tensor at which some channels may be off, which makes them the same whatever the
 * image.
 */
export interface Cut {
  /** The tensor: from there on the net depends on which channels are off. */
  at: string;
  /** Its channels, which are innermost. */
  channels: number;
  /** The net's calls, with an identity inserted where the cut lies between two layers. */
  calls: Call[];
  /** The layer whose channels are 0 where they are off, before its own activation. */
  zeroed: string;
  /**
   * What becomes of such zeros up to the cut: the calls from there on, that layer's activation first. None: they stay
   * zeros.
   */
  constant: Call[];
  named: CutNames;
}

/** The names that a cut was made of: whoever has the net makes the same cut of them. */
export interface CutNames {
  /** The layer that is pruned: its outputs, or what it reads. */
  layer: string;
  of: 'outputs' | 'inputs';
  /** Where outputs are ranked; null: at the end of the chain that works on each channel alone. */
  rankAt: string | null;
}

/**
 * A net in two parts: the prefix, which is the same whichever channels are off, and the suffix behind the cut. Without
 * a cut all of it is suffix.
 */
export interface Parts {
  model: Model;
  /** Null where it is not cut. */
  cut: Cut | null;
  /** The tensor between the two parts. */
  at: string;
  /** Other tensors of the prefix that the suffix reads. */
  sides: string[];
  prefix: Call[];
  /**
   * The calls of the prefix that depend on the channels that are off by what becomes of their zeros, and the others.
   */
  own: Call[];
  shared: Call[];
  /** What the former and the suffix read of the latter, or of the input. */
  known: string[];
  suffix: Call[];
  shapes: ReadonlyMap<string, Shape>;
  channels: number;
  /** Values per image at the cut; channels are innermost. */
  cutSize: number;
  /** Bytes that the features of one image take. */
  featureBytes: number;
}

export function splitNet(model: Model, cut: Cut | null): Parts {
  const calls = cut?.calls ?? model.calls;
  const at = cut?.at ?? model.input;
  const shapes = new Map(calls.map((call) => [call.id, call.shape]));
  const suffix = dependents(calls, at);
  const behind = new Set([at, ...suffix.map((call) => call.id)]);
  const sides = [...new Set(suffix.flatMap((call) => call.inputs))].filter((id) => !behind.has(id));
  const prefix = leadingTo(calls, [at, ...sides]);
  const zeroed = prefix.filter(({ layer }) => layer.name === cut?.zeroed);
  const behindZeros = new Set(zeroed.flatMap((call) => [call, ...dependents(prefix, call.id)]));
  const own = prefix.filter((call) => behindZeros.has(call));
  const shared = prefix.filter((call) => !behindZeros.has(call));
  const read = new Set([...own.flatMap(({ inputs }) => inputs), at, ...sides]);
  return {
    model,
    cut,
    at,
    sides,
    prefix,
    own,
    shared,
    known: [model.input, ...shared.map(({ id }) => id)].filter((id) => read.has(id)),
    suffix,
    shapes,
    channels: cut?.channels ?? shapes.get(at)!.at(-1)!,
    cutSize: sizeOf(shapes.get(at)!),
    featureBytes: 4 * [at, ...sides].reduce((sum, id) => sum + sizeOf(shapes.get(id)!), 0),
  };
}

/** The calls that depend on `id`, in order. */
export function dependents(calls: readonly Call[], id: string): Call[] {
  const reached = new Set([id]);
  return calls.filter((call) => call.inputs.some((input) => reached.has(input)) && reached.add(call.id));
}

/** The calls that some tensors are computed from, in order; the model's input itself needs none. */
export function leadingTo(calls: readonly Call[], wanted: readonly string[]): Call[] {
  const needed = new Set(wanted);
  const found = [...calls].reverse().filter((call) => needed.has(call.id) && call.inputs.every((id) => needed.add(id)));
  return found.reverse().filter((call) => call.inputs.length > 0);
}
