import { Type } from '@sinclair/typebox';
import { activation, activationIn, mixesChannels } from './activation.ts';
import {
  count,
  flag,
  image,
  type Language,
  layer,
  type LayerSpec,
  never,
  options,
  type Padding,
  padding,
  pair,
  pairs,
  slide,
  type Window,
} from './spec.ts';
import type { Shape } from '../net.ts';

const one = Type.Literal(1, { default: 1 });
const window = {
  kernel_size: pair,
  strides: pair,
  padding,
  dilation_rate: Type.Tuple([count, count], { default: [1, 1] }),
  activation,
  use_bias: flag(true),
};
const groups = Type.Integer({ minimum: 1, default: 1 });
/** Strides and a dilation at once, which no Keras takes. */
const both = { dilated_strides: Type.Optional(Type.Literal(true)) };

function canonical(config: Record<string, unknown>, dialect: Language): Record<string, unknown> {
  return activationIn(pairs(config, 'kernel_size', 'strides', 'dilation_rate'), dialect);
}

const bias = (use: boolean, size: number): [string, Shape][] => (use ? [['bias', [size]]] : []);

/** Length of a transposed convolution's output along one axis, as Keras computes it; `kernel`: with what a dilation leaves out. */
function transposedLength(
  size: number,
  kernel: number,
  stride: number,
  mode: Padding,
  extra: number | undefined,
): number {
  if (extra === undefined) return mode === 'same' ? size * stride : size * stride + Math.max(kernel - stride, 0);
  const margin = mode === 'same' ? Math.floor(kernel / 2) : 0;
  return (size - 1) * stride + kernel - 2 * margin + extra;
}

/** TensorFlow computes a transposed convolution only to an output from which the convolution would lead back. */
function transposed(
  o: Window & { kernel_size: number[]; dilation_rate: number[]; output_padding: number[] | null },
  [rows, columns]: readonly number[],
): [number, number] {
  const size = [rows!, columns!].map((length, axis) =>
    transposedLength(
      length,
      (o.kernel_size[axis]! - 1) * o.dilation_rate[axis]! + 1,
      o.strides[axis]!,
      o.padding,
      o.output_padding?.[axis],
    ),
  ) as [number, number];
  const back = size.every((length) => length > 0) ? slide(o, o.kernel_size, size) : [];
  if (back[0] !== rows || back[1] !== columns)
    throw new Error(
      `its \`output_padding\` leads to ${size.join('x')}, from which its window does not lead back to ${rows}x${columns}`,
    );
  return size;
}

/** Channels of the input that each of a convolution's groups takes. */
function grouped({ filters, groups }: { filters: number; groups: number }, channels: number): number {
  if (channels % groups !== 0 || filters % groups !== 0)
    throw new Error(`${channels} channels and ${filters} filters do not go into ${groups} groups`);
  return channels / groups;
}

/** Filters of each of a convolution's groups. */
function groupedFilters(o: { filters: number; groups: number }, channels: number): number {
  grouped(o, channels);
  return o.filters / o.groups;
}

export const convolutionLayers: Record<string, LayerSpec> = {
  Conv2D: layer({
    options: options({ filters: count, groups, ...window, ...both }),
    ofOnnx: ['dilated_strides'],
    canonical,
    weights: (o, inputs) => [
      ['kernel', [...o.kernel_size, grouped(o, image(inputs)[2]), o.filters]],
      ...bias(o.use_bias, o.filters),
    ],
    output: (o, inputs) => [...slide(o, o.kernel_size, image(inputs)), o.filters],
    perChannel: never,
  }),
  SeparableConv2D: layer({
    options: options({ filters: count, groups: one, depth_multiplier: count, ...window }),
    canonical,
    weights: (o, inputs) => [
      ['depthwise_kernel', [...o.kernel_size, image(inputs)[2], o.depth_multiplier]],
      ['pointwise_kernel', [1, 1, image(inputs)[2] * o.depth_multiplier, o.filters]],
      ...bias(o.use_bias, o.filters),
    ],
    output: (o, inputs) => [...slide(o, o.kernel_size, image(inputs)), o.filters],
    perChannel: never,
  }),
  DepthwiseConv2D: layer({
    options: options({ groups: one, depth_multiplier: count, ...window }),
    canonical,
    weights: (o, inputs) => [
      ['depthwise_kernel', [...o.kernel_size, image(inputs)[2], o.depth_multiplier]],
      ...bias(o.use_bias, image(inputs)[2] * o.depth_multiplier),
    ],
    output: (o, inputs) => [...slide(o, o.kernel_size, image(inputs)), image(inputs)[2] * o.depth_multiplier],
    perChannel: (o) => o.depth_multiplier === 1 && !mixesChannels(o.activation),
  }),
  Conv2DTranspose: layer({
    options: options({
      filters: count,
      groups,
      ...window,
      ...both,
      output_padding: Type.Union(
        [Type.Tuple([Type.Integer({ minimum: 0 }), Type.Integer({ minimum: 0 })]), Type.Null()],
        { default: null },
      ),
    }),
    ofOnnx: ['dilated_strides'],
    inKeras: { groups: one, dilation_rate: Type.Tuple([one, one], { default: [1, 1] }) },
    canonical: (config, dialect) => pairs(canonical(config, dialect), 'output_padding'),
    weights: (o, inputs) => [
      ['kernel', [...o.kernel_size, groupedFilters(o, image(inputs)[2]), image(inputs)[2]]],
      ...bias(o.use_bias, o.filters),
    ],
    output: (o, inputs) => [...transposed(o, image(inputs)), o.filters],
    perChannel: never,
  }),
};
