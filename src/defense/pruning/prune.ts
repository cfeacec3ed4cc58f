import type { Target } from './target.ts';
import type { Edits, Layer } from '../../models/net.ts';

/** The weights of the target layer after pruning some channels: their kernel entries and biases are zero, all else is untouched. */
export function prunedWeights({ layer, prunes, cut: { channels } }: Target, pruned: Iterable<number>): Edits {
  const off = new Set(pruned);
  const edits = new Map<string, Float32Array>();
  for (const weight of layer.weights) {
    const channelOf =
      prunes === 'inputs' ? inputChannel(weight.name, layer, channels) : outputChannel(weight.name, layer);
    if (channelOf === null) continue;
    edits.set(
      weight.path,
      weight.values.map((value, i) => (off.has(channelOf(i)) ? 0 : value)),
    );
  }
  return edits;
}

type ChannelOf = (index: number) => number;

/** Which output channel a value of a weight belongs to; null for weights that all channels share. */
function outputChannel(name: string, layer: Layer): ChannelOf | null {
  const shape = layer.weights.find((weight) => weight.name === name)!.shape;
  if (name === 'bias') return (i) => i;
  if (layer.className === 'SeparableConv2D') return name === 'pointwise_kernel' ? (i) => i % shape[3]! : null;
  if (layer.className === 'DepthwiseConv2D') return (i) => i % (shape[2]! * shape[3]!);
  if (layer.className === 'Conv2DTranspose') {
    const [filters, channels] = shape.slice(2) as [number, number];
    const ofGroup = channels / ((layer.options['groups'] as number | undefined) ?? 1);
    return (i) => (Math.floor(i / channels) % filters) + filters * Math.floor((i % channels) / ofGroup);
  }
  return (i) => i % shape.at(-1)!;
}

/** Which input channel a value of a kernel reads: rows are positions with their channels innermost. */
function inputChannel(name: string, layer: Layer, channels: number): ChannelOf | null {
  const outputs = layer.weights.find((weight) => weight.name === name)!.shape.at(-1)!;
  const reads = name === 'kernel' || name === 'depthwise_kernel';
  return reads ? (i) => Math.floor(i / outputs) % channels : null;
}
