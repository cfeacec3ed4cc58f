import { Type } from '@sinclair/typebox';
import { limits } from '../../base/limits.ts';
import { always, image, layer, type LayerSpec, type Margin, margin, never, options, pair, pairs } from './spec.ts';
import { type Shape, sizeOf } from '../net.ts';

/** `1` or `[1, 2]` or `[[1, 1], [2, 2]]` to `[[top, bottom], [left, right]]`. */
function margins(name: string) {
  return (config: Record<string, unknown>): Record<string, unknown> => {
    const value = pairs(config, name)[name];
    return {
      ...config,
      [name]: Array.isArray(value) ? value.map((v: unknown) => (typeof v === 'number' ? [v, v] : v)) : value,
    };
  };
}

function grow(sign: 1 | -1, [[top, bottom], [left, right]]: Margin, inputs: Shape[]): Shape {
  const [rows, columns, channels] = image(inputs);
  const shape = [rows + sign * (top + bottom), columns + sign * (left + right), channels];
  if (shape.some((length) => length < 1)) throw new Error('nothing is left of the image');
  return shape;
}

/** The shape of some of a tensor's channels. */
function picked({ channels }: { channels: number[] }, [input]: Shape[]): Shape {
  const last = input!.at(-1)!;
  if (channels.some((channel) => channel >= last)) throw new Error(`it has ${last} channels`);
  if (new Set(channels).size < channels.length) throw new Error('it takes a channel twice');
  return [...input!.slice(0, -1), channels.length];
}

function reshaped(target: number[], [input]: Shape[]): Shape {
  const known = sizeOf(target.filter((length) => length !== -1));
  const shape = target.map((length) => (length === -1 ? sizeOf(input!) / known : length));
  if (sizeOf(shape) !== sizeOf(input!) || !shape.every(Number.isInteger))
    throw new Error(`${input!.join('x')} values cannot be reshaped to ${target.join('x')}`);
  return shape;
}

export const reshapingLayers: Record<string, LayerSpec> = {
  Flatten: layer({ options: options({}), output: (_, [input]) => [sizeOf(input!)], perChannel: never }),
  Reshape: layer({
    options: options({ target_shape: Type.Array(Type.Integer({ minimum: -1 }), { minItems: 1 }) }),
    output: (o, inputs) => reshaped(o.target_shape, inputs),
    perChannel: never,
  }),
  PickedChannels: layer({
    ofOnnx: 'all',
    options: options({ channels: Type.Array(Type.Integer({ minimum: 0 }), { minItems: 1 }) }),
    output: picked,
    perChannel: never,
  }),
  ZeroPadding2D: layer({
    options: options({ padding: margin }),
    canonical: margins('padding'),
    output: (o, inputs) => grow(1, o.padding, inputs),
    perChannel: always,
  }),
  Cropping2D: layer({
    options: options({ cropping: margin }),
    canonical: margins('cropping'),
    output: (o, inputs) => grow(-1, o.cropping, inputs),
    perChannel: always,
  }),
  UpSampling2D: layer({
    options: options({ size: pair, interpolation: Type.Literal('nearest', { default: 'nearest' }) }),
    canonical: (config) => pairs(config, 'size'),
    output: (o, inputs) => {
      const [rows, columns, channels] = image(inputs);
      const [height, width] = [rows * o.size[0], columns * o.size[1]];
      if (Math.max(height, width) > limits.upsampled)
        throw new Error(`it answers ${height}x${width} positions, at most ${limits.upsampled} each way are computed`);
      return [height, width, channels];
    },
    perChannel: always,
  }),
};
