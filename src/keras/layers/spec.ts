import { type Static, type TObject, Type } from '@sinclair/typebox';

/** Sizes of one sample's axes, channels last, without the batch axis. */
export type Shape = readonly number[];

/** The two families of Keras configs; an option may mean different things in them. */
export type Dialect = 'keras2' | 'keras3';

/** What goodnet knows of one Keras layer class: the options it takes, the weights it owns, the shape it answers. */
export interface LayerSpec<S extends TObject = TObject> {
  /** Every option that changes what the layer computes; others are refused. Pairs are `[rows, columns]`. */
  options: S;
  /** Brings a dialect's spelling to the one of `options`. */
  canonical?: (config: Record<string, unknown>, dialect: Dialect) => Record<string, unknown>;
  /** Names and shapes of the weights, in the order in which Keras stores them. */
  weights?: (options: Static<S>, inputs: Shape[]) => [name: string, shape: Shape][];
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

export const count = Type.Integer({ minimum: 1 });
export const pair = Type.Tuple([count, count]);
export const padding = Type.Union([Type.Literal('valid'), Type.Literal('same')]);
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

/** Positions a window takes along one axis of `size`. */
export function windows(size: number, kernel: number, stride: number, mode: 'valid' | 'same', dilation = 1): number {
  const span = mode === 'same' ? size : size - (kernel - 1) * dilation;
  if (span < 1) throw new Error(`a window of ${(kernel - 1) * dilation + 1} does not fit into ${size}`);
  return Math.ceil(span / stride);
}
