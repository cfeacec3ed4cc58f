import * as tf from '@tensorflow/tfjs-core';
import { sizeOf } from '../../models/net.ts';
import { bytes, EngineMemory } from './engine-memory.ts';
import { productCode } from './product-code.ts';

/** What products.as.ts exports; numbers that are not counts are bytes, or places in memory. */
interface Products {
  convolve(...numbers: number[]): void;
  convolveEach(...numbers: number[]): void;
  normalize(...numbers: number[]): void;
  meanOf(x: number, pixels: number, channels: number, y: number): void;
  pack(w: number, length: number, filters: number, step: number, out: number): void;
  scratchBytes(): number;
}

/** What is multiplied, and what is added. */
interface Factors {
  x: tf.TensorInfo;
  kernel: tf.TensorInfo;
  bias?: tf.TensorInfo;
}

/** Where a window lies on an image, and what becomes of its sums. */
export interface Sliding {
  strides: readonly [number, number];
  dilation: readonly [number, number];
  /** Rows and columns of the answer. */
  size: readonly [number, number];
  /** What answers are clamped to. */
  least: number;
  most: number;
}

const inBlock = 8;
const names = {
  pack: 'GoodnetPack',
  convolve: 'GoodnetConvolve',
  convolveEach: 'GoodnetConvolveEach',
  normalize: 'GoodnetNormalize',
  mean: 'GoodnetMean',
} as const;

/** Gives the WebAssembly engine, which has been started, the kernels of this file. */
export function registerProducts(): void {
  const memory = new EngineMemory();
  const products = memory.exportsOf<Products>(productCode().code);
  const at = (tensor: tf.TensorInfo): number => memory.at(tensor);

  memory.add(names.pack, ({ inputs, attrs }) => {
    const { kernel } = inputs as { kernel: tf.TensorInfo };
    const { groups } = attrs as { groups: number };
    const [rows, columns, channels, filters] = sidesOf(kernel.shape);
    const own = filters / groups;
    const blocks = Math.ceil(own / inBlock);
    const y = memory.output([groups, blocks, rows, columns, channels, inBlock]);
    const length = rows * columns * channels;
    for (let group = 0; group < groups; group++)
      products.pack(
        at(kernel) + bytes * group * own,
        length,
        own,
        bytes * filters,
        at(y) + bytes * group * blocks * length * inBlock,
      );
    return y;
  });

  memory.add(names.convolve, ({ inputs, attrs }) => {
    const { x, kernel, bias } = inputs as unknown as Factors;
    const { strides, dilation, size, least, most, filters } = attrs as unknown as Sliding & { filters: number };
    const [groups, blocks, rows, columns, channels] = kernel.shape as [number, number, number, number, number];
    const [images, height, width, all] = x.shape as [number, number, number, number];
    const y = memory.output([images, ...size, filters]);
    const own = filters / groups;
    const whole = dilation[1] === 1 && groups === 1;
    const length = whole ? columns * channels : channels;
    const offsets = offsetsOf(rows, whole ? 1 : columns, dilation, width, all);
    memory.aside(offsets, products.scratchBytes(), (parts, scratch) => {
      for (let group = 0; group < groups; group++)
        products.convolve(
          at(x) + bytes * group * channels,
          images,
          bytes * height * width * all,
          size[0],
          bytes * strides[0] * width * all,
          size[1],
          bytes * strides[1] * all,
          offsets.length,
          parts,
          length,
          at(kernel) + bytes * group * blocks * rows * columns * channels * inBlock,
          bias === undefined ? 0 : at(bias) + bytes * group * own,
          own,
          at(y) + bytes * group * own,
          bytes * filters,
          least,
          most,
          scratch,
        );
    });
    return y;
  });

  memory.add(names.convolveEach, ({ inputs, attrs }) => {
    const { x, kernel, bias } = inputs as unknown as Factors;
    const { strides, dilation, size, least, most } = attrs as unknown as Sliding;
    const [rows, columns] = kernel.shape as [number, number];
    const [images, height, width, channels] = x.shape as [number, number, number, number];
    const y = memory.output([images, ...size, channels]);
    const offsets = offsetsOf(rows, columns, dilation, width, channels);
    const rowOf = bytes * width * channels;
    memory.aside([...offsets, ...new Array<number>(channels).fill(0)], 0, (taps) => {
      const none = taps + bytes * offsets.length;
      for (let image = 0; image < images; image++)
        for (let row = 0; row < size[0]; row++)
          products.convolveEach(
            at(x) + (image * height + row * strides[0]) * rowOf,
            size[1],
            bytes * strides[1] * channels,
            offsets.length,
            taps,
            at(kernel),
            bias === undefined ? none : at(bias),
            channels,
            at(y) + bytes * (image * size[0] + row) * size[1] * channels,
            least,
            most,
          );
    });
    return y;
  });

  memory.add(names.normalize, ({ inputs }) => {
    const { x, mean, scale, shift } = inputs as Record<'x' | 'mean' | 'scale' | 'shift', tf.TensorInfo>;
    const y = memory.output(x.shape);
    const channels = sizeOf(mean.shape);
    products.normalize(at(x), sizeOf(x.shape) / channels, channels, at(mean), at(scale), at(shift), at(y));
    return y;
  });

  memory.add(names.mean, ({ inputs }) => {
    const { x } = inputs as { x: tf.TensorInfo };
    const [images, pixels, channels] = x.shape as [number, number, number];
    const y = memory.output([images, channels]);
    for (let image = 0; image < images; image++)
      products.meanOf(at(x) + bytes * image * pixels * channels, pixels, channels, at(y) + bytes * image * channels);
    return y;
  });
}

/** Where rows of a patch begin, or its pixels: bytes from the first. Images are `width` pixels of `channels` wide. */
export function offsetsOf(
  rows: number,
  columns: number,
  dilation: readonly [number, number],
  width: number,
  channels: number,
): number[] {
  return Array.from({ length: rows * columns }, (_, i) => {
    const [row, column] = [Math.floor(i / columns) * dilation[0], (i % columns) * dilation[1]];
    return bytes * (row * width + column) * channels;
  });
}

/** [channels, filters] as a kernel of one row and column. */
const sidesOf = (shape: readonly number[]): [number, number, number, number] =>
  (shape.length === 2 ? [1, 1, ...shape] : shape) as [number, number, number, number];

/** Rows and columns of a kernel, packed or not. */
export const windowOf = (kernel: tf.Tensor): number[] =>
  isPacked(kernel) ? kernel.shape.slice(2, 4) : sidesOf(kernel.shape).slice(0, 2);

const isPacked = ({ rank }: tf.Tensor): boolean => rank === 6;

/**
 * Kernel [rows, columns, channels, filters], or [channels, filters], as products take it: [groups, blocks, rows,
 * columns, channels, 8].
 */
export const packed = (kernel: tf.Tensor, groups = 1): tf.Tensor =>
  tf.engine().runKernel(names.pack, { kernel }, { groups });

/** Throws where a window that slides so would read beside an image. */
function checkReach({ shape }: tf.Tensor, kernel: tf.Tensor, { strides, dilation, size }: Sliding): void {
  const reach = windowOf(kernel).map((span, axis) => (size[axis]! - 1) * strides[axis]! + (span - 1) * dilation[axis]!);
  if (shape.length !== 4 || reach.some((last, axis) => !(last < shape[axis + 1]!)))
    throw new Error(`a window that ends at ${reach.join('x')} is none of an image of ${shape.join('x')}`);
}

/**
 * x [n, h, w, c] with kernel [kh, kw, c / groups, filters], packed or not, and bias [filters]: clamped sums
 * [n, ...size, filters]. Throws where the window reaches out of the image, or shapes do not fit.
 */
export function convolve(
  x: tf.Tensor,
  kernel: tf.Tensor,
  bias: tf.Tensor | undefined,
  sliding: Sliding,
  filters: number,
): tf.Tensor {
  checkReach(x, kernel, sliding);
  const channels = isPacked(kernel) ? kernel.shape[4]! : sidesOf(kernel.shape)[2];
  const groups = x.shape[3]! / channels;
  const sizes = isPacked(kernel) ? [groups, Math.ceil(filters / groups / inBlock)] : [filters];
  const found = isPacked(kernel) ? kernel.shape.slice(0, 2) : kernel.shape.slice(-1);
  if (sizes.some((size, i) => size !== found[i]) || (bias !== undefined && bias.size !== filters))
    throw new Error(`${filters} filters of ${channels} channels are none of a kernel of ${kernel.shape.join('x')}`);
  return tf
    .engine()
    .runKernel(
      names.convolve,
      { x, kernel: isPacked(kernel) ? kernel : packed(kernel, groups), ...(bias && { bias }) },
      { ...sliding, filters },
    );
}

/**
 * x [n, h, w, c] with kernel [kh, kw, c, 1] and bias [c], each channel by itself: [n, ...size, c]. Throws as
 * `convolve`.
 */
export function convolveEach(
  x: tf.Tensor,
  kernel: tf.Tensor,
  bias: tf.Tensor | undefined,
  sliding: Sliding,
): tf.Tensor {
  checkReach(x, kernel, sliding);
  const channels = x.shape[3]!;
  if (kernel.shape[2] !== channels || kernel.shape[3] !== 1 || (bias !== undefined && bias.size !== channels))
    throw new Error(`${channels} channels are none of a kernel of ${kernel.shape.join('x')}`);
  return tf.engine().runKernel(names.convolveEach, { x, kernel, ...(bias && { bias }) }, sliding as never);
}

/** (x - mean) * scale + shift: x [..., c], the others [c]. Throws where these are of another size. */
export function normalize(x: tf.Tensor, mean: tf.Tensor, scale: tf.Tensor, shift: tf.Tensor): tf.Tensor {
  const channels = x.shape.at(-1)!;
  if ([mean, scale, shift].some(({ size }) => size !== channels))
    throw new Error(`not one number for each of ${channels} channels`);
  return tf.engine().runKernel(names.normalize, { x, mean, scale, shift });
}

/** The mean over all positions of x [n, ..., c]: [n, c]. */
export function meanOf(x: tf.Tensor): tf.Tensor {
  const [images, channels] = [x.shape[0], x.shape.at(-1)!];
  return tf.engine().runKernel(names.mean, { x: tf.reshape(x, [images, sizeOf(x.shape.slice(1, -1)), channels]) });
}
