import { failure } from '../errors.ts';
import type { TypedArray } from '../keras/hdf5.ts';
import type { Shape } from '../keras/layers/spec.ts';

/** Order of the axes in a data file: N images, C channels, H rows, W columns. */
export type Layout = 'NCHW' | 'NHWC';

/** The layout in which images of `shape` fit the net's `input`, in any size if they are `resizable`; an image without a channel axis fits a net of one channel. */
export function chooseLayout(shape: Shape, input: Shape, asked: Layout | 'auto', resizable: boolean, file: string): Layout {
  const [rows, columns, channels] = input;
  const fitting = (wanted: Shape, channelAxis: number) =>
    shape.length === wanted.length && shape.every((size, axis) => size === wanted[axis] || (resizable && axis !== channelAxis));
  const fits: Layout[] = [];
  if (fitting(input, input.length - 1) || (channels === 1 && fitting([rows!, columns!], -1))) fits.push('NHWC');
  if (input.length === 3 && fitting([channels!, rows!, columns!], 0)) fits.push('NCHW');
  if (asked === 'auto' && fits.length === 2) throw failure('data-ambiguous', file, { shape: shape.join('x') });
  const chosen = asked === 'auto' ? fits[0] : fits.find((layout) => layout === asked);
  if (chosen === undefined) throw failure('data-shape', file, { shape: shape.join('x') || 'no axes', input: `${input.join('x')} (rows x columns x channels)`, layout: asked === 'auto' ? 'NHWC or NCHW' : asked });
  return chosen;
}

/** How a stored pixel x of channel c becomes the net's input: (x * scale - mean[c]) / std[c]. One number in `mean` or `std` stands for all channels. */
export interface PixelScale {
  scale: number;
  mean: readonly number[];
  std: readonly number[];
}

/** `mean` and `std` have one number, or one for each channel of the net's `input`. Throws `pixel-scale`. */
export function checkPixelScale({ mean, std }: PixelScale, input: Shape, file: string): void {
  const channels = input.at(-1)!;
  for (const [name, { length }] of [['mean', mean], ['std', std]] as const) {
    if (length !== 1 && length !== channels) throw failure('pixel-scale', file, { name, length, channels });
  }
}

/** values [n, c, h, w] or [n, h, w, c] -> the net's input [n, h, w, c]; `badAt` is the index of the first value that is not finite, or -1. */
export function toChannelsLast(values: TypedArray, layout: Layout, shape: Shape, { scale, mean, std }: PixelScale): { images: Float32Array; badAt: number } {
  const images = new Float32Array(values.length);
  const planes = layout === 'NCHW' ? shape[0]! : 1;
  const pixels = shape.reduce((a, b) => a * b, 1) / planes;
  let badAt = -1;
  for (let image = 0, from = 0; from < values.length; image++) {
    for (let plane = 0; plane < planes; plane++) {
      let to = image * planes * pixels + plane;
      for (let p = 0; p < pixels; p++, from++, to += planes) {
        const channel = planes === 1 ? p : plane;
        images[to] = (Math.fround(Number(values[from])) * scale - mean[channel % mean.length]!) / std[channel % std.length]!;
        if (badAt === -1 && !Number.isFinite(images[to])) badAt = to;
      }
    }
  }
  return { images, badAt };
}
