import { Type } from '@sinclair/typebox';
import { activation, activationIn, mixesChannels } from './activation.ts';
import { count, type Dialect, flag, image, layer, type LayerSpec, never, options, padding, pair, pairs, type Shape, windows } from './spec.ts';

const one = Type.Literal(1, { default: 1 });
const window = { kernel_size: pair, strides: pair, padding, dilation_rate: Type.Tuple([count, count], { default: [1, 1] }), activation, use_bias: flag(true) };

interface Window { kernel_size: [number, number]; strides: [number, number]; padding: 'valid' | 'same'; dilation_rate: [number, number] }

function canonical(config: Record<string, unknown>, dialect: Dialect): Record<string, unknown> {
  return activationIn(pairs(config, 'kernel_size', 'strides', 'dilation_rate'), dialect);
}

function slide(o: Window, [rows, columns]: Shape, channels: number): Shape {
  const size = [rows!, columns!].map((length, axis) => windows(length, o.kernel_size[axis]!, o.strides[axis]!, o.padding, o.dilation_rate[axis]));
  return [...size, channels];
}

const bias = (use: boolean, size: number): [string, Shape][] => (use ? [['bias', [size]]] : []);

/** Length of a transposed convolution's output along one axis, as Keras computes it. */
export function transposedLength(size: number, kernel: number, stride: number, mode: 'valid' | 'same', extra: number | undefined): number {
  if (extra === undefined) return mode === 'same' ? size * stride : size * stride + Math.max(kernel - stride, 0);
  const margin = mode === 'same' ? Math.floor(kernel / 2) : 0;
  return (size - 1) * stride + kernel - 2 * margin + extra;
}

export const convolutionLayers: Record<string, LayerSpec> = {
  Conv2D: layer({
    options: options({ filters: count, groups: Type.Integer({ minimum: 1, default: 1 }), ...window }),
    canonical,
    weights: (o, inputs) => [['kernel', [...o.kernel_size, image(inputs)[2] / o.groups, o.filters]], ...bias(o.use_bias, o.filters)],
    output: (o, inputs) => slide(o, image(inputs), o.filters),
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
    output: (o, inputs) => slide(o, image(inputs), o.filters),
    perChannel: never,
  }),
  DepthwiseConv2D: layer({
    options: options({ groups: one, depth_multiplier: count, ...window }),
    canonical,
    weights: (o, inputs) => [
      ['depthwise_kernel', [...o.kernel_size, image(inputs)[2], o.depth_multiplier]],
      ...bias(o.use_bias, image(inputs)[2] * o.depth_multiplier),
    ],
    output: (o, inputs) => slide(o, image(inputs), image(inputs)[2] * o.depth_multiplier),
    perChannel: (o) => o.depth_multiplier === 1 && !mixesChannels(o.activation),
  }),
  Conv2DTranspose: layer({
    options: options({
      filters: count, groups: one, ...window, dilation_rate: Type.Tuple([one, one], { default: [1, 1] }),
      output_padding: Type.Union([Type.Tuple([Type.Integer({ minimum: 0 }), Type.Integer({ minimum: 0 })]), Type.Null()], { default: null }),
    }),
    canonical: (config, dialect) => pairs(canonical(config, dialect), 'output_padding'),
    weights: (o, inputs) => [['kernel', [...o.kernel_size, o.filters, image(inputs)[2]]], ...bias(o.use_bias, o.filters)],
    output: (o, inputs) => {
      const size = [0, 1].map((axis) => transposedLength(image(inputs)[axis]!, o.kernel_size[axis]!, o.strides[axis]!, o.padding, o.output_padding?.[axis]));
      return [...size, o.filters];
    },
    perChannel: never,
  }),
};
