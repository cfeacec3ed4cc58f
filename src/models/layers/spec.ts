import { type Static, type TObject, type TProperties, Type } from '@sinclair/typebox';
import { limits } from '../../base/limits.ts';
import type { Shape } from '../net.ts';

/** The two families of Keras configs; an option may mean different things in them. */
export type Dialect = 'keras2' | 'keras3';
/** All that options are given in. */
export type Language = Dialect | 'onnx';

/** What goodnet knows of one Keras layer class: the options it takes, the weights it owns, the shape it answers. */
export interface LayerSpec<S extends TObject = TObject> {
  /** Every option that changes what the layer computes; others are refused. Pairs are `[rows, columns]`. */
  options: S;
  /** Those of `options` that ONNX alone has; or all of the layer, which no Keras has. */
  ofOnnx?: readonly string[] | 'all';
  /** What Keras takes for some of `options`, where ONNX takes more. */
  inKeras?: TProperties;
  /** Brings a dialect's spelling to the one of `options`. */
  canonical?: (config: Record<string, unknown>, dialect: Language) => Record<string, unknown>;
  /** Names and shapes of the weights, in the order in which Keras stores them. */
  weights?: (options: Static<S>, inputs: Shape[]) => [name: string, shape: Shape][];
  /** Throws a plain Error where the layer cannot be computed with the weights that it has. */
  check?: (options: Static<S>, weights: readonly { name: string; values: Float32Array }[]) => void;
  /** The shape of the output. Throws a plain Error where the inputs do not fit. */
  output: (options: Static<S>, inputs: Shape[]) => Shape;
  /** Whether output channel c depends on input channel c alone. */
  perChannel: (options: Static<S>) => boolean;
}

/** Keeps the types of one spec together; the table of all specs forgets them. */
export function layer<S extends TObject>(spec: LayerSpec<S>): LayerSpec {
  return spec as unknown as LayerSpec;
}

export const always = (): boolean => true;
export const never = (): boolean => false;

/** The common base of all option schemas: unknown keys are refused. */
export function options<P extends Parameters<typeof Type.Object>[0]>(properties: P) {
  return Type.Object(properties, { additionalProperties: false });
}

/** Numbers that are finite as float32, which is what Keras makes of them. */
const largest = 3.4028234663852886e38;
export const number = (fallback?: number) => Type.Number({ minimum: -largest, maximum: largest, default: fallback });
/** The least float32 that no library takes for 0. */
export const leastNormal = 2 ** -126;
export const isSubnormal = (value: unknown): boolean =>
  typeof value === 'number' && value !== 0 && Math.abs(Math.fround(value)) < leastNormal;

export const positive = Type.Number({ exclusiveMinimum: 0, maximum: largest });

export const count = Type.Integer({ minimum: 1 });
export const pair = Type.Tuple([count, count]);
export const padding = Type.Union([Type.Literal('valid'), Type.Literal('same')]);
/** Rows or columns before an image and behind it, down and across. */
const side = Type.Integer({ minimum: 0 });
export const margin = Type.Tuple([Type.Tuple([side, side]), Type.Tuple([side, side])]);
export type Margin = Static<typeof margin>;
export const flag = (fallback: boolean) => Type.Boolean({ default: fallback });

/** Turns `3` into `[3, 3]` for the named options. */
export function pairs(config: Record<string, unknown>, ...names: string[]): Record<string, unknown> {
  const result = { ...config };
  for (const name of names) {
    const value = result[name];
    if (typeof value === 'number') result[name] = [value, value];
  }
  return result;
}

/** The input of a layer that works on images. */
export function image(inputs: Shape[]): [rows: number, columns: number, channels: number] {
  const shape = inputs[0] ?? [];
  if (shape.length !== 3) throw new Error(`its input has ${shape.length} axes, not rows, columns and channels`);
  return [shape[0]!, shape[1]!, shape[2]!];
}

export type Padding = 'valid' | 'same';

/** A window that slides over rows and columns. */
export interface Window {
  strides: readonly number[];
  padding: Padding;
  dilation_rate?: readonly number[];
  /** Whether it may have both strides and a dilation. */
  dilated_strides?: boolean;
}

/** Rows and columns of what a window of `kernel` answers. Throws where it is larger than the engine computes. */
export function slide(
  { strides, padding: mode, dilation_rate: dilation = [1, 1], dilated_strides: both = false }: Window,
  kernel: readonly number[],
  [rows, columns]: readonly number[],
): [number, number] {
  for (const [name, sizes] of Object.entries({ window: kernel, strides, dilation_rate: dilation })) {
    if (Math.max(...sizes) > limits.window)
      throw new Error(`a ${name} of ${sizes.join('x')}, at most ${limits.window} is computed`);
  }
  if (!both && Math.max(...strides) > 1 && Math.max(...dilation) > 1)
    throw new Error('it has both strides and a dilation');
  const [height, width] = [rows!, columns!].map((size, axis) =>
    windows(size, kernel[axis]!, strides[axis]!, mode, dilation[axis]),
  ) as [number, number];
  const taps = height * width * kernel[0]! * kernel[1]!;
  if (taps > limits.windowTaps)
    throw new Error(`its windows look ${taps} times at a position, at most ${limits.windowTaps} times is computed`);
  return [height, width];
}

/** Positions a window takes along one axis of `size`. */
export function windows(size: number, kernel: number, stride: number, mode: Padding, dilation = 1): number {
  const span = mode === 'same' ? size : size - (kernel - 1) * dilation;
  if (span < 1) throw new Error(`a window of ${(kernel - 1) * dilation + 1} does not fit into ${size}`);
  return Math.ceil(span / stride);
}

/** How far a window reaches out of one axis of `size`, before it and behind it. */
export function margins(
  size: number,
  kernel: number,
  stride: number,
  mode: Padding,
  dilation = 1,
): [before: number, after: number] {
  const reach = (windows(size, kernel, stride, mode, dilation) - 1) * stride + (kernel - 1) * dilation + 1;
  const total = mode === 'valid' ? 0 : Math.max(0, reach - size);
  return [Math.floor(total / 2), Math.ceil(total / 2)];
}

/** Holds an axis, counted with the batch, against the last one. */
export function checkLastAxis(axis: number, input: Shape): void {
  if (axis !== -1 && axis !== input.length) throw new Error(`\`axis\` = ${axis} is not the last one`);
}
