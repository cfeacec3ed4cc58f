import * as tf from '@tensorflow/tfjs-core';
import { sizeOf } from '../../models/net.ts';
import { bytes, EngineMemory } from './engine-memory.ts';
import { gradientCode } from './product-code.ts';
import { offsetsOf } from './products.ts';

/** What gradients.as.ts exports; numbers that are not counts are bytes, or places in memory. */
interface Gradients {
  kernelGradient(...numbers: number[]): void;
  inputGradient(...numbers: number[]): void;
  eachKernelGradient(...numbers: number[]): void;
  eachInputGradient(...numbers: number[]): void;
  maxGradient(...numbers: number[]): void;
  adam(...numbers: number[]): void;
  packTurned(w: number, length: number, filters: number, step: number, out: number): void;
  sumOf(x: number, pixels: number, channels: number, y: number): void;
  passBetween(dy: number, y: number, count: number, least: number, most: number, dx: number): void;
  scratchBytes(): number;
}

type Pair = readonly [number, number];

/** Where a convolution's window lies on an image. */
export interface WindowSteps {
  strides: Pair;
  dilation: Pair;
}

/** Where a pooling's window lies, and how far out of the image it reaches at the top and on the left. */
export interface PoolWindow {
  size: Pair;
  strides: Pair;
  before: Pair;
}

/** How far Adam goes, and how long its moments remember. */
export interface AdamStep {
  keep: number;
  keepSquare: number;
  rate: number;
  epsilon: number;
}

const inRegister = 4,
  inBlock = 8,
  inTile = 6;
const names = {
  kernel: 'GoodnetKernelGradient',
  input: 'GoodnetInputGradient',
  eachKernel: 'GoodnetEachKernelGradient',
  eachInput: 'GoodnetEachInputGradient',
  max: 'GoodnetMaxGradient',
  sum: 'GoodnetSum',
  between: 'GoodnetPassBetween',
  adam: 'GoodnetAdam',
} as const;

/** Gives the WebAssembly engine, which has been started, the kernels of this file. */
export function registerGradients(): void {
  const memory = new EngineMemory();
  const gradients = memory.exportsOf<Gradients>(gradientCode());
  const at = (tensor: tf.TensorInfo): number => memory.at(tensor);
  const scratchBytes = gradients.scratchBytes();

  memory.add(names.kernel, ({ inputs, attrs }) => {
    const { x, dy } = inputs as Record<'x' | 'dy', tf.TensorInfo>;
    const { strides, dilation, kernel } = attrs as unknown as WindowSteps & { kernel: number[] };
    const [rows, columns, channels, filters] = kernel as [number, number, number, number];
    const groups = x.shape[3]! / channels;
    const own = filters / groups;
    const dw = memory.zeros(kernel);
    const offsets = offsetsOfValues(offsetsOf(rows, columns, dilation, x.shape[2]!, x.shape[3]!), channels);
    memory.aside(offsets, scratchBytes, (values, scratch) => {
      for (let group = 0; group < groups; group++)
        gradients.kernelGradient(
          at(x) + bytes * group * channels,
          ...pixelSteps(x.shape, dy.shape, strides),
          rows * columns * channels,
          values,
          at(dy) + bytes * group * own,
          bytes * filters,
          own,
          at(dw) + bytes * group * own,
          bytes * filters,
          scratch,
        );
    });
    return dw;
  });

  memory.add(names.input, ({ inputs, attrs }) => {
    const { dy, w } = inputs as Record<'dy' | 'w', tf.TensorInfo>;
    const { strides, dilation, shape } = attrs as unknown as WindowSteps & { shape: number[] };
    const [rows, columns, channels, filters] = w.shape as [number, number, number, number];
    const groups = shape[3]! / channels;
    const own = filters / groups;
    const whole = dilation[1] === 1 && groups === 1;
    const length = whole ? columns * channels : channels;
    const offsets = offsetsOf(rows, whole ? 1 : columns, dilation, shape[2]!, shape[3]!);
    const partBytes = bytes * Math.ceil(length / inBlock) * inBlock * own;
    const dx = memory.zeros(shape);
    memory.aside(offsets, scratchBytes + offsets.length * partBytes, (parts, scratch) => {
      const turned = scratch + scratchBytes;
      for (let group = 0; group < groups; group++) {
        offsets.forEach((_, part) =>
          gradients.packTurned(
            at(w) + bytes * (part * length * filters + group * own),
            length,
            own,
            bytes * filters,
            turned + part * partBytes,
          ),
        );
        gradients.inputGradient(
          at(dx) + bytes * group * channels,
          ...pixelSteps(shape, dy.shape, strides),
          offsets.length,
          parts,
          length,
          turned,
          at(dy) + bytes * group * own,
          bytes * filters,
          own,
          scratch,
        );
      }
    });
    return dx;
  });

  memory.add(names.eachKernel, ({ inputs, attrs }) => {
    const { x, dy } = inputs as Record<'x' | 'dy', tf.TensorInfo>;
    const { strides, dilation, kernel } = attrs as unknown as WindowSteps & { kernel: number[] };
    const [rows, columns, channels] = kernel as [number, number, number];
    const dw = memory.zeros(kernel);
    const offsets = offsetsOf(rows, columns, dilation, x.shape[2]!, channels);
    memory.aside(offsets, scratchBytes, (taps, scratch) =>
      gradients.eachKernelGradient(
        at(x),
        ...pixelSteps(x.shape, dy.shape, strides),
        offsets.length,
        taps,
        at(dy),
        channels,
        at(dw),
        scratch,
      ),
    );
    return dw;
  });

  memory.add(names.eachInput, ({ inputs, attrs }) => {
    const { dy, w } = inputs as Record<'dy' | 'w', tf.TensorInfo>;
    const { strides, dilation, shape } = attrs as unknown as WindowSteps & { shape: number[] };
    const [rows, columns, channels] = w.shape as [number, number, number];
    const dx = memory.zeros(shape);
    const offsets = offsetsOf(rows, columns, dilation, shape[2]!, channels);
    memory.aside(offsets, scratchBytes, (taps, scratch) =>
      gradients.eachInputGradient(
        at(dx),
        ...pixelSteps(shape, dy.shape, strides),
        offsets.length,
        taps,
        at(w),
        at(dy),
        channels,
        scratch,
      ),
    );
    return dx;
  });

  memory.add(names.max, ({ inputs, attrs }) => {
    const { x, dy } = inputs as Record<'x' | 'dy', tf.TensorInfo>;
    const { size, strides, before } = attrs as unknown as PoolWindow;
    const [, outHeight, outWidth] = dy.shape as [number, number, number];
    const [images, height, width, channels] = x.shape as [number, number, number, number];
    const apart =
      [height / outHeight, width / outWidth].every((share, axis) => share === size[axis] && share === strides[axis]) &&
      before.every((rows) => rows === 0) &&
      channels % inRegister === 0;
    const dx = apart ? memory.output(x.shape) : memory.zeros(x.shape);
    const window = [...size, ...strides, ...before, outHeight, outWidth, Number(apart)];
    gradients.maxGradient(at(x), images, height, width, channels, ...window, at(dy), at(dx));
    return dx;
  });

  memory.add(names.sum, ({ inputs }) => {
    const { x } = inputs as { x: tf.TensorInfo };
    const [pixels, channels] = x.shape as [number, number];
    const y = memory.zeros([channels]);
    gradients.sumOf(at(x), pixels, channels, at(y));
    return y;
  });

  memory.add(names.between, ({ inputs, attrs }) => {
    const { dy, y } = inputs as Record<'dy' | 'y', tf.TensorInfo>;
    const { least, most } = attrs as { least: number; most: number };
    const dx = memory.output(y.shape);
    gradients.passBetween(at(dy), at(y), sizeOf(y.shape), least, most, at(dx));
    return dx;
  });

  memory.add(names.adam, ({ inputs, attrs }) => {
    const { w, m, v, g } = inputs as Record<'w' | 'm' | 'v' | 'g', tf.TensorInfo>;
    const { keep, keepSquare, rate, epsilon } = attrs as unknown as AdamStep;
    gradients.adam(at(w), at(m), at(v), at(g), sizeOf(w.shape), keep, keepSquare, rate, epsilon);
    return [];
  });
}

/** Where each number of a patch lies, by the offsets of its pixels; five more for what the last tile has beyond them. */
function offsetsOfValues(pixels: readonly number[], channels: number): Int32Array {
  const values = new Int32Array(pixels.length * channels + inTile - 1);
  let at = 0;
  for (const offset of pixels) for (let c = 0; c < channels; c++) values[at++] = offset + bytes * c;
  return values;
}

/** How pixels of dy [n, oh, ow, f] lie on x [n, h, w, c]: images and their step, rows and theirs, columns and theirs. */
const pixelSteps = (x: readonly number[], dy: readonly number[], strides: Pair): number[] => {
  const [images, height, width, channels] = x as [number, number, number, number];
  return [
    images,
    bytes * height * width * channels,
    dy[1]!,
    bytes * strides[0] * width * channels,
    dy[2]!,
    bytes * strides[1] * channels,
  ];
};

/** Throws where a window that slides over x to dy would read beside an image. */
function checkReach(x: readonly number[], dy: readonly number[], kernel: readonly number[], o: WindowSteps): void {
  const reach = [0, 1].map((axis) => (dy[axis + 1]! - 1) * o.strides[axis]! + (kernel[axis]! - 1) * o.dilation[axis]!);
  if (x.length !== 4 || dy.length !== 4 || x[0] !== dy[0] || reach.some((last, axis) => !(last < x[axis + 1]!)))
    throw new Error(`a window that ends at ${reach.join('x')} is none of images of ${x.join('x')}`);
}

function checkGroups(x: readonly number[], dy: readonly number[], kernel: readonly number[]): void {
  const [, , channels, filters] = kernel as [number, number, number, number];
  const groups = x[3]! / channels;
  if (!Number.isInteger(groups) || !Number.isInteger(filters / groups) || dy[3] !== filters)
    throw new Error(`${x[3]} channels and ${dy[3]} filters are none of a kernel of ${kernel.join('x')}`);
}

function checkEach(x: readonly number[], dy: readonly number[], kernel: readonly number[]): void {
  if (x[3] !== kernel[2] || dy[3] !== kernel[2] || kernel[3] !== 1)
    throw new Error(`${x[3]} channels are none of a kernel of ${kernel.join('x')}`);
}

/**
 * The gradient of the kernel [kh, kw, c / groups, filters] of a convolution of x [n, h, w, c] whose answer has the
 * gradient dy [n, oh, ow, filters]. Throws where the window reaches out of the image, or shapes do not fit.
 */
export function kernelGradient(x: tf.Tensor, dy: tf.Tensor, kernel: readonly number[], o: WindowSteps): tf.Tensor {
  checkReach(x.shape, dy.shape, kernel, o);
  checkGroups(x.shape, dy.shape, kernel);
  return tf.engine().runKernel(names.kernel, { x, dy }, { ...o, kernel: [...kernel] });
}

/** The gradient of the input of `shape` of a convolution with kernel w. Throws as `kernelGradient`. */
export function inputGradient(dy: tf.Tensor, w: tf.Tensor, shape: readonly number[], o: WindowSteps): tf.Tensor {
  checkReach(shape, dy.shape, w.shape, o);
  checkGroups(shape, dy.shape, w.shape);
  return tf.engine().runKernel(names.input, { dy, w }, { ...o, shape: [...shape] });
}

/** The gradient of the kernel [kh, kw, c, 1] of a convolution of each channel by itself. Throws as `kernelGradient`. */
export function eachKernelGradient(x: tf.Tensor, dy: tf.Tensor, kernel: readonly number[], o: WindowSteps): tf.Tensor {
  checkReach(x.shape, dy.shape, kernel, o);
  checkEach(x.shape, dy.shape, kernel);
  return tf.engine().runKernel(names.eachKernel, { x, dy }, { ...o, kernel: [...kernel] });
}

/** The gradient of the input of `shape` of a convolution of each channel by itself. Throws as `kernelGradient`. */
export function eachInputGradient(dy: tf.Tensor, w: tf.Tensor, shape: readonly number[], o: WindowSteps): tf.Tensor {
  checkReach(shape, dy.shape, w.shape, o);
  checkEach(shape, dy.shape, w.shape);
  return tf.engine().runKernel(names.eachInput, { dy, w }, { ...o, shape: [...shape] });
}

/** The gradient of x [n, h, w, c] of which maxima over windows were taken: it goes to the first of the highest. */
export const maxGradient = (x: tf.Tensor, dy: tf.Tensor, window: PoolWindow): tf.Tensor =>
  tf.engine().runKernel(names.max, { x, dy }, window as never);

/** The sum over all positions of x [..., c]: [c]. */
export function sumOf(x: tf.Tensor): tf.Tensor {
  const channels = x.shape.at(-1)!;
  return tf.engine().runKernel(names.sum, { x: tf.reshape(x, [x.size / channels, channels]) });
}

/** dy where y lies between `least` and `most`, and 0 elsewhere. */
export function passBetween(dy: tf.Tensor, y: tf.Tensor, least: number, most: number): tf.Tensor {
  if (dy.size !== y.size) throw new Error(`${dy.size} numbers are not one for each of ${y.size}`);
  return tf.engine().runKernel(names.between, { dy, y }, { least, most });
}

/** A step of Adam: changes the weights w and their moments m and v by the gradient g, where they lie. */
export function adam(w: tf.Tensor, m: tf.Tensor, v: tf.Tensor, g: tf.Tensor, step: AdamStep): void {
  if ([m, v, g].some(({ size }) => size !== w.size)) throw new Error(`not one number for each of ${w.size} weights`);
  tf.engine().runKernel(names.adam, { w, m, v, g }, step as never);
}
