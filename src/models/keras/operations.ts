import type { Entry } from './config-entries.ts';
import { type Json, object, type Refuse } from './inbound-nodes.ts';

/** Where Keras 3 has its operations on tensors, which it keeps as layers of a net: `a + b`, `2 * a`. */
export const operationModule = 'keras.src.ops.numpy';

/** Operations named like the layer that computes the same, and those that are computed with numbers. */
const onTensors = new Set(['Add', 'Subtract', 'Multiply', 'Maximum', 'Minimum', 'Concatenate']);
const withNumbers = new Set(['Add', 'Subtract', 'Multiply', 'Divide', 'TrueDivide', 'Negative']);
export const operations: ReadonlySet<string> = new Set([...onTensors, ...withNumbers]);

/**
 * The class in which tf-keras keeps operations, how it names those that are read, and what it has in the place of a
 * tensor that is none.
 */
export const lambda = 'TFOpLambda';
export const lambdaModules: ReadonlySet<unknown> = new Set([
  'tf_keras.src.layers.core.tf_op_layer',
  'keras.src.layers.core.tf_op_layer',
]);
const functions: ReadonlyMap<unknown, string> = new Map([
  ['__operators__.add', 'Add'],
  ['math.add', 'Add'],
  ['math.subtract', 'Subtract'],
  ['math.multiply', 'Multiply'],
  ['math.truediv', 'TrueDivide'],
  ['math.divide', 'TrueDivide'],
  ['math.negative', 'Negative'],
]);
const constantValue = '_CONSTANT_VALUE';

/** One number, or one for each channel. */
type Constant = number | number[];
/** What an operation is called with: a number, or a reference to a tensor as its family writes it. */
type Operand = { constant: Constant } | { tensor: unknown };

interface Operation {
  kind: string;
  /** The operands of each call; null for one that is called otherwise. */
  calls: (Operand[] | null)[];
}

/** The entry of a layer and what it says. */
export interface Read {
  entry: Json;
  layer: Entry;
}

/**
 * An operation with numbers, or one of tf-keras, as the layer that computes the same; all else as it is. Null for an
 * operation that no layer computes.
 */
export function asLayer({ entry, layer }: Read, refuse: Refuse): Read | null {
  const isLambda = layer.className === lambda;
  if (!isLambda && entry['module'] !== operationModule) return { entry, layer };
  const { function: called, ...config } = layer.config;
  const operation = isLambda ? ofKeras2(functions.get(called), entry) : ofKeras3(layer.className, entry);
  if (operation === null) return null;
  const { kind } = operation;
  const calls = operation.calls.filter((operands) => operands !== null);
  if (!isLambda && onTensors.has(kind) && !calls.flat().some((operand) => 'constant' in operand))
    return { entry, layer };
  if (calls.length < operation.calls.length) return null;
  const strange = Object.keys(config).find((key) => key !== 'name' && !(isLambda && ofLambda.has(key)));
  if (strange !== undefined) throw refuse(`the operation ${layer.name} has the option ${JSON.stringify(strange)}`);
  const found = calls.map((operands) => computed(kind, operands));
  if (found.length === 0 || found.some((one) => JSON.stringify(one) !== JSON.stringify(found[0]))) return null;
  const [same] = found;
  if (same == null) return null;
  const inputs = calls.map((operands) => operands.flatMap((operand) => ('tensor' in operand ? [operand.tensor] : [])));
  const inbound_nodes = isLambda ? inputs : inputs.map((args) => ({ args, kwargs: {} }));
  const savedAs = isLambda ? lambda : 'operation';
  return {
    entry: { ...entry, inbound_nodes },
    layer: {
      ...layer,
      className: same.className,
      savedAs,
      config: { ...config, ...same.options },
      declaredShapes: withoutNumbers(layer.declaredShapes, calls),
    },
  };
}

/** The shapes that a file gives for the tensors: tf-keras gives that of the first operand, which may be a number. */
function withoutNumbers(shapes: readonly unknown[], calls: readonly Operand[][]): unknown[] {
  const [first] = calls[0]!;
  if (!('constant' in first!)) return [...shapes];
  const own = JSON.stringify(Array.isArray(first.constant) ? [first.constant.length] : []);
  return shapes.filter((shape) => JSON.stringify(shape) !== own);
}

const ofLambda = new Set(['trainable', 'dtype']);

/**
 * Calls of tf-keras: `[name, node, tensor, { y }]`, or `[_CONSTANT_VALUE, -1, number, { y }]`. Null for no such
 * operation.
 */
function ofKeras2(kind: string | undefined, { inbound_nodes: nodes }: Json): Operation | null {
  if (kind === undefined || !Array.isArray(nodes)) return null;
  const calls = nodes.map((node: unknown) => {
    const [name, index, position, given, ...more] = Array.isArray(node) ? (node as unknown[]) : [];
    const { y, name: label = null, ...others } = object(given);
    if (label !== null || Object.keys(others).length > 0 || more.length > 0) return null;
    const first =
      name === constantValue ? (index === -1 ? constant(position) : null) : reference([name, index, position]);
    if (kind === 'Negative') return y === undefined && first !== null ? [first] : null;
    const second = constant(y) ?? reference(y);
    return first === null || second === null ? null : [first, second];
  });
  return { kind, calls };
}

const reference = (value: unknown): Operand | null =>
  Array.isArray(value) && value.length === 3 && typeof value[0] === 'string' && value[0] !== constantValue
    ? { tensor: [...(value as unknown[]), {}] }
    : null;

/** Calls of Keras 3: tensors and numbers side by side in `args`. Null for no calls. */
function ofKeras3(kind: string, { inbound_nodes: nodes }: Json): Operation | null {
  if (!Array.isArray(nodes)) return null;
  const calls = nodes.map((node: unknown) => {
    const { args, kwargs } = object(node);
    if (!Array.isArray(args) || Object.keys(object(kwargs)).length > 0) return null;
    return args.map((argument: unknown) => constant(argument) ?? numpy(argument) ?? { tensor: argument });
  });
  return { kind, calls };
}

const isNumber = (value: unknown): value is number => typeof value === 'number';

const constant = (value: unknown): { constant: Constant } | null =>
  isNumber(value) || (Array.isArray(value) && value.length > 0 && value.every(isNumber)) ? { constant: value } : null;

/** An array of float32 numbers, which leave their tensor's type as it is. */
function numpy(value: unknown): { constant: Constant } | null {
  const { class_name: className, config } = object(value);
  const { value: values, dtype, ...others } = object(config);
  return className === '__numpy__' && dtype === 'float32' && Object.keys(others).length === 0 ? constant(values) : null;
}

interface Same {
  className: string;
  options: Json;
}

/** The layer that computes an operation on these operands; null if there is none. */
function computed(kind: string, operands: readonly Operand[]): Same | null {
  const [first, second] = operands;
  if (kind === 'Negative') return operands.length === 1 && 'tensor' in first! ? affine(-1, 0) : null;
  if (first === undefined || second === undefined || operands.length > 2) return null;
  if ('tensor' in first && 'tensor' in second) return onTensors.has(kind) ? { className: kind, options: {} } : null;
  if ('constant' in first && 'constant' in second) return null;
  const number = 'constant' in first ? first.constant : (second as { constant: Constant }).constant;
  switch (kind) {
    case 'Add':
      return affine(1, number);
    case 'Multiply':
      return affine(number, 0);
    case 'Subtract':
      return 'constant' in first
        ? affine(-1, number)
        : affine(
            1,
            each(number, (x) => -x),
          );
    case 'Divide':
    case 'TrueDivide':
      return 'constant' in second && [number].flat().every(isInvertible)
        ? affine(
            each(number, (x) => 1 / x),
            0,
          )
        : null;
    default:
      return null;
  }
}

const affine = (scale: Constant, offset: Constant): Same => ({ className: 'Rescaling', options: { scale, offset } });
const each = (number: Constant, of: (x: number) => number): Constant =>
  Array.isArray(number) ? number.map(of) : of(number);

/** Whether to multiply by 1 / x is to divide by x, but for its last bits. */
const isInvertible = (x: number): boolean => Math.abs(x) > 2 ** -60 && Math.abs(x) < 2 ** 60;
