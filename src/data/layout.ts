import { failure } from '../base/errors.ts';
import type { TypedArray } from '../formats/element-types.ts';
import type { Shape } from '../models/net.ts';

/** Order of the axes in a data file: N images, C channels, H rows, W columns. */
export type Layout = 'NCHW' | 'NHWC';

/** The layout in which images of `shape` fit the net's `input`, in any size if they are `resizable`; an image without a channel axis fits a net of one channel. */
export function chooseLayout(
  shape: Shape,
  input: Shape,
  asked: Layout | 'auto',
  resizable: boolean,
  file: string,
): Layout {
  const [rows, columns, channels] = input;
  const fitting = (wanted: Shape, channelAxis: number) =>
    shape.length === wanted.length &&
    shape.every((size, axis) => size === wanted[axis] || (resizable && axis !== channelAxis));
  const fits: Layout[] = [];
  if (fitting(input, input.length - 1) || (channels === 1 && fitting([rows!, columns!], -1))) fits.push('NHWC');
  if (input.length === 3 && fitting([channels!, rows!, columns!], 0)) fits.push('NCHW');
  if (asked === 'auto' && fits.length === 2) throw failure('data-ambiguous', file, { shape: shape.join('x') });
  const chosen = asked === 'auto' ? fits[0] : fits.find((layout) => layout === asked);
  if (chosen === undefined)
    throw failure('data-shape', file, {
      shape: shape.join('x') || 'no axes',
      input: `${input.join('x')} (rows x columns x channels)`,
      layout: asked === 'auto' ? 'NHWC or NCHW' : asked,
    });
  return chosen;
}

/** How a stored pixel x of channel c becomes the net's input: (x * scale - mean[c]) / std[c]. One number in `mean` or `std` stands for all channels. */
export interface PixelScale {
  scale: number;
  mean: readonly number[];
  std: readonly number[];
}

/** The value of a channel, where there is one for all channels or one for each. */
export const ofChannel = (values: readonly number[], channel: number): number => values[channel % values.length]!;

/** `mean` and `std` have one number, or one for each channel of the net's `input`. Throws `pixel-scale`. */
export function checkPixelScale({ mean, std }: PixelScale, input: Shape, file: string): void {
  const channels = input.at(-1)!;
  for (const [name, { length }] of [
    ['mean', mean],
    ['std', std],
  ] as const) {
    if (length !== 1 && length !== channels) throw failure('pixel-scale', file, { name, length, channels });
  }
}

/** values [n, c, h, w] or [n, h, w, c] -> the net's input [n, h, w, c]; `badAt` is the index of the first value that is not finite, or -1. */
export function toChannelsLast(
  values: TypedArray,
  layout: Layout,
  shape: Shape,
  { scale, mean, std }: PixelScale,
): { images: Float32Array; badAt: number } {
  const size = shape.reduce((a, b) => a * b, 1);
  const planes = layout === 'NCHW' ? shape[0]! : 1;
  const images = planes === 1 ? float32(values) : interleaved(values, planes, size / planes);
  if (scale !== 1 || mean.some((value) => value !== 0) || std.some((value) => value !== 1)) {
    const channels = layout === 'NCHW' ? planes : shape.at(-1)!;
    for (let c = 0; c < channels; c++) {
      const [shift, spread] = [ofChannel(mean, c), ofChannel(std, c)];
      for (let i = c; i < images.length; i += channels) images[i] = (images[i]! * scale - shift) / spread;
    }
  }
  return { images, badAt: firstNotFinite(images) };
}

/** A copy as float32, each value rounded to nearest. */
const float32 = (values: TypedArray): Float32Array =>
  values instanceof BigInt64Array || values instanceof BigUint64Array
    ? Float32Array.from(values, Number)
    : new Float32Array(values);

/** [n, planes, size] -> [n, size, planes] as float32 */
function interleaved(values: TypedArray, planes: number, size: number): Float32Array {
  if (values instanceof BigInt64Array || values instanceof BigUint64Array)
    return interleaved(float32(values), planes, size);
  const out = new Float32Array(values.length);
  for (let base = 0, from = 0; base < values.length; base += planes * size) {
    for (let plane = 0; plane < planes; plane++) {
      for (let p = 0, to = base + plane; p < size; p++, from++, to += planes) out[to] = values[from]!;
    }
  }
  return out;
}

function firstNotFinite(values: Float32Array): number {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return i;
  return -1;
}
