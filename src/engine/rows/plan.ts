import { trainingOnly } from '../../models/layers/regularization.ts';
import { type Call, sizeOf } from '../../models/net.ts';
import type { Parts } from '../parts.ts';
import { everyPosition, samePosition, type Taps, windowTaps } from './taps.ts';

/** z[o] = bias + sum over the taps (p, base) of o and the channels c of x[p, c] * rows[base + c]: every layer that is linear in its input. */
export interface Linear {
  kind: 'linear';
  id: string;
  input: string;
  channels: number;
  taps: Taps;
  /** [rows, columns] */
  rows: Float32Array;
  columns: number;
  /** [columns] */
  bias: Float32Array | null;
  /** What each input counts for: 1, or its share in a mean. */
  share: number;
}

export type Node = Linear | { kind: 'relu'; id: string; input: string } | { kind: 'add'; id: string; inputs: string[] };

/** A suffix as sums of weight rows. `scores` is the tensor before a final softmax, which keeps the order of the classes. */
export interface Plan {
  nodes: Node[];
  sizes: Map<string, number>;
  scores: string;
}

/** Convolutions over many positions are quicker as matrix products. */
const mostPositions = 16;
const mostWeights = 2 ** 24;
/** Positions of an input, each of which a plan lists. */
const mostRead = 2 ** 20;

const identities = new Set(['Flatten', 'Reshape', ...trainingOnly]);

/** The suffix as sums of rows; null where a layer of it is none, or would not gain by it. */
export function planRows({ model, suffix, at, sides, shapes }: Parts): Plan | null {
  if (sides.length > 0 || model.outputs < 2) return null;
  const plan: Plan = { nodes: [], sizes: new Map([[at, sizeOf(shapes.get(at)!)]]), scores: '' };
  const holder = new Map([[at, at]]); // whose values a tensor has
  const means = new Map<string, string>(); // of which tensor it is the mean over all positions
  const add = (node: Node, size: number): string => {
    plan.nodes.push(node);
    plan.sizes.set(node.id, size);
    return node.id;
  };
  const activated = (id: string, activation: unknown, size: number): string | null => {
    if (activation === 'linear' || (activation === 'softmax' && id === model.output)) return id;
    return activation === 'relu' ? add({ kind: 'relu', id: `${id} relu`, input: id }, size) : null;
  };

  /** The tensor that holds what the call answers; null if it is no sum of rows. */
  const nodeOf = ({ id, layer, inputs, shape }: Call): string | null => {
    const [first] = inputs;
    const input = holder.get(first!) ?? null;
    const size = sizeOf(shape);
    if (identities.has(layer.className)) {
      if (means.has(first!)) means.set(id, means.get(first!)!);
      return input;
    }
    if (layer.className === 'GlobalAveragePooling2D') {
      means.set(id, first!);
      return input;
    }
    if (inputs.some((other) => means.has(other)) && layer.className !== 'Dense') return null;
    if (layer.className === 'Add')
      return add({ kind: 'add', id, inputs: inputs.map((other) => holder.get(other)!) }, size);
    if (layer.className === 'Softmax') return id === model.output ? input : null;
    if (layer.className === 'Activation')
      return id === model.output && layer.options['activation'] === 'softmax'
        ? input
        : reluOf(layer.options['activation'], id, input!, size);
    if (layer.className === 'ReLU') return plainRelu(layer.options) ? reluOf('relu', id, input!, size) : null;
    const linear = linearOf(id, layer, first!);
    if (linear === null) return null;
    add(linear, size);
    return activated(id, layer.options['activation'], size);
  };
  const reluOf = (activation: unknown, id: string, input: string, size: number): string | null =>
    activation === 'relu' ? add({ kind: 'relu', id, input }, size) : activation === 'linear' ? input : null;

  const linearOf = (id: string, { className, options, weights }: Call['layer'], input: string): Linear | null => {
    const meanOf = means.get(input);
    const shape = shapes.get(meanOf ?? input)!;
    const [channels, positions] = [shape.at(-1)!, sizeOf(shape.slice(0, -1))];
    const kernel = weights.find(({ name }) => name === 'kernel');
    if (kernel === undefined || kernel.values.length > mostWeights || positions > mostRead) return null;
    const bias = weights.find(({ name }) => name === 'bias')?.values ?? null;
    let taps: Taps;
    if (className === 'Dense') taps = meanOf === undefined ? samePosition(positions) : everyPosition(positions);
    else if (className === 'Conv2D' && options['groups'] === 1 && sizeOf(shapes.get(id)!.slice(0, -1)) <= mostPositions)
      taps = windowTaps(shape, shapes.get(id)!, kernel.shape, options as never);
    else return null;
    const columns = kernel.shape.at(-1)!;
    const fits = taps.length === 1 || (taps.length <= mostPositions && columns % 4 === 0);
    return !fits
      ? null
      : {
          kind: 'linear',
          id,
          input: holder.get(input)!,
          channels,
          taps,
          rows: kernel.values,
          columns,
          bias,
          share: meanOf === undefined ? 1 : 1 / positions,
        };
  };

  for (const call of suffix) {
    const held = nodeOf(call);
    if (held === null) return null;
    holder.set(call.id, held);
  }
  plan.scores = holder.get(model.output)!;
  return means.has(model.output) || plan.scores === at ? null : plan;
}

const plainRelu = (options: Record<string, unknown>): boolean =>
  options['max_value'] === null && options['negative_slope'] === 0 && options['threshold'] === 0;
