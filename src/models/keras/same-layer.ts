import type { Json } from './inbound-nodes.ts';

/** One number, or one for each channel, with axes of length 1 before them. */
export type Constant = number | Constant[];
export const numbersIn = (constant: unknown): number[] => [constant].flat(Infinity) as number[];

/** What an operation is called with: a number, or a reference to a tensor as its family writes it. */
export type Operand = { constant: Constant } | { tensor: unknown };

/** A layer that computes what an operation does. */
export interface Same {
  className: string;
  options: Json;
}

/** Stands for the name of an activation that no file can name. */
export const approximateGelu = Symbol('approximate gelu');

/** An operation on one tensor: the layer, and what it does with the arguments of the operation. */
interface OfOne extends Same {
  /** Arguments that are options of the layer, by the name that it has for them. */
  takes?: Readonly<Record<string, string>>;
  /** Arguments that must be so. */
  must?: Json;
  /** What it is with other arguments. */
  or?: OfOne;
}

const activation = (name: string | symbol, must: Json = {}): OfOne => ({
  className: 'Activation',
  options: { activation: name },
  must,
});

/** Operations on one tensor, as Keras 3 names their classes. */
export const ofOne: ReadonlyMap<string, OfOne> = new Map([
  ['Exp', activation('exponential')],
  ['Tanh', activation('tanh')],
  ['Celu', activation('celu', { alpha: 1 })],
  ['Elu', { className: 'ELU', options: {}, takes: { alpha: 'alpha' } }],
  ['Gelu', { ...activation('gelu', { approximate: false }), or: activation(approximateGelu, { approximate: true }) }],
  ['HardShrink', activation('hard_shrink', { threshold: 0.5 })],
  ['HardSigmoid', activation('hard_sigmoid')],
  ['HardSilu', activation('hard_silu')],
  ['HardTanh', activation('hard_tanh')],
  ['LeakyRelu', { className: 'LeakyReLU', options: {}, takes: { negative_slope: 'negative_slope', alpha: 'alpha' } }],
  ['LogSigmoid', activation('log_sigmoid')],
  ['LogSoftmax', activation('log_softmax', { axis: -1 })],
  ['Relu', activation('relu')],
  ['Relu6', activation('relu6')],
  ['Selu', activation('selu')],
  ['Sigmoid', activation('sigmoid')],
  ['Silu', activation('silu')],
  ['SoftShrink', activation('soft_shrink', { threshold: 0.5 })],
  ['Softmax', activation('softmax', { axis: -1 })],
  ['Softplus', activation('softplus')],
  ['Softsign', activation('softsign')],
  ['SparsePlus', activation('sparse_plus')],
  ['SparseSigmoid', activation('sparse_sigmoid')],
  ['Squareplus', activation('squareplus', { b: 4 })],
  ['TanhShrink', activation('tanh_shrink')],
]);

/** Operations named like the layer that computes the same, and those that are computed with numbers. */
const onTensors = new Set(['Add', 'Subtract', 'Multiply', 'Maximum', 'Minimum', 'Concatenate']);
const withNumbers = new Set(['Add', 'Subtract', 'Multiply', 'Divide', 'TrueDivide', 'Negative']);
export const arithmetic: ReadonlySet<string> = new Set([...onTensors, ...withNumbers]);

/** The layer that computes an operation on these operands with these arguments; null if there is none. */
export function sameAs(kind: string, operands: readonly Operand[], given: Json): Same | null {
  const [first, second] = operands;
  const one = ofOne.get(kind);
  if (one !== undefined) return operands.length === 1 && 'tensor' in first! ? withArguments(one, given) : null;
  if (Object.keys(given).length > 0) return null;
  if (kind === 'Negative') return operands.length === 1 && 'tensor' in first! ? affine(-1, 0) : null;
  if (first === undefined || second === undefined || operands.length > 2) return null;
  if ('tensor' in first && 'tensor' in second) return onTwo(kind);
  if ('constant' in first) return 'tensor' in second ? before(kind, first.constant) : null;
  return 'constant' in second ? behind(kind, second.constant) : null;
}

function withArguments({ or, ...one }: OfOne, given: Json): Same | null {
  const { className, options, takes = {}, must = {} } = one;
  const names = Object.keys(given);
  if (names.some((name) => !Object.hasOwn(takes, name) && !Object.hasOwn(must, name))) return null;
  if (Object.keys(must).some((name) => given[name] !== must[name])) return or ? withArguments(or, given) : null;
  const taken = names.filter((name) => Object.hasOwn(takes, name)).map((name) => [takes[name], given[name]] as const);
  return { className, options: { ...options, ...(Object.fromEntries(taken) as Json) } };
}

const divides = new Set(['Divide', 'TrueDivide']);

function onTwo(kind: string): Same | null {
  if (divides.has(kind)) return { className: 'Divide', options: {} };
  return onTensors.has(kind) ? { className: kind, options: {} } : null;
}

/** A number in front of a tensor. */
function before(kind: string, number: Constant): Same | null {
  if (kind === 'Add') return affine(1, number);
  if (kind === 'Multiply') return affine(number, 0);
  if (kind === 'Subtract') return affine(-1, number);
  return divides.has(kind) && typeof number === 'number'
    ? { className: 'Divide', options: { numerator: number } }
    : null;
}

/** A number behind a tensor. */
function behind(kind: string, number: Constant): Same | null {
  if (kind === 'Add') return affine(1, number);
  if (kind === 'Multiply') return affine(number, 0);
  if (kind === 'Subtract')
    return affine(
      1,
      each(number, (x) => -x),
    );
  const isInverted = divides.has(kind) && numbersIn(number).every(isInvertible);
  return isInverted
    ? affine(
        each(number, (x) => 1 / x),
        0,
      )
    : null;
}

const affine = (scale: Constant, offset: Constant): Same => ({ className: 'Rescaling', options: { scale, offset } });
const each = (number: Constant, of: (x: number) => number): Constant =>
  typeof number === 'number' ? of(number) : number.map((inner) => each(inner, of));

/** Whether to multiply by 1 / x is to divide by x, but for its last bits. */
const isInvertible = (x: number): boolean => Math.abs(x) > 2 ** -60 && Math.abs(x) < 2 ** 60;
