import { failure } from '../../base/errors.ts';
import type { Entry } from './config-entries.ts';
import { type Json, object } from './inbound-nodes.ts';
import { arithmetic, type Constant, numbersIn, ofOne, type Operand, type Same, sameAs } from './same-layer.ts';

/** Where Keras 3 has its operations on tensors, which it keeps as layers of a net (`a + b`, `2 * a`), and those that are read. */
export const arithmeticModule = 'keras.src.ops.numpy';
const inNumpy = new Set([...arithmetic, 'Exp', 'Tanh']);
const operationModules: ReadonlyMap<unknown, ReadonlySet<string>> = new Map([
  [arithmeticModule, inNumpy],
  ['keras.src.ops.nn', new Set([...ofOne.keys()].filter((name) => !inNumpy.has(name)))],
]);
export const operations: ReadonlySet<string> = new Set([...operationModules.values()].flatMap((names) => [...names]));

export const isOperation = (className: string, module: unknown): boolean =>
  operationModules.get(module)?.has(className) === true;

/** The class in which tf-keras keeps operations, and what it has in the place of a tensor that is none. */
export const lambda = 'TFOpLambda';
export const lambdaModules: ReadonlySet<unknown> = new Set([
  'tf_keras.src.layers.core.tf_op_layer',
  'keras.src.layers.core.tf_op_layer',
]);
const constantValue = '_CONSTANT_VALUE';

/** How tf-keras names the operations that are read, and the arguments that they have where none are given. */
const functions: ReadonlyMap<unknown, [kind: string, defaults?: Json]> = new Map([
  ['__operators__.add', ['Add']],
  ['math.add', ['Add']],
  ['math.subtract', ['Subtract']],
  ['math.multiply', ['Multiply']],
  ['math.truediv', ['TrueDivide']],
  ['math.divide', ['TrueDivide']],
  ['math.negative', ['Negative']],
  ['math.exp', ['Exp']],
  ['math.sigmoid', ['Sigmoid']],
  ['math.softplus', ['Softplus']],
  ['math.tanh', ['Tanh']],
  ['nn.elu', ['Elu', { alpha: 1 }]],
  ['nn.gelu', ['Gelu', { approximate: false }]],
  ['nn.leaky_relu', ['LeakyRelu', { alpha: 0.2 }]],
  ['nn.log_softmax', ['LogSoftmax', { axis: -1 }]],
  ['nn.relu', ['Relu']],
  ['nn.relu6', ['Relu6']],
  ['nn.selu', ['Selu']],
  ['nn.silu', ['Silu']],
  ['nn.softmax', ['Softmax', { axis: -1 }]],
  ['nn.softsign', ['Softsign']],
]);

/** One call of an operation: its operands, and what else it is told. */
interface Called {
  operands: Operand[];
  given: Json;
}

/** The entry of a layer and what it says. */
export interface Read {
  entry: Json;
  layer: Entry;
}

/**
 * An operation with numbers, one on a single tensor, or one of tf-keras, as the layer that computes the same; all else
 * as it is. Null for an operation that no layer computes. Throws `operation-float64`.
 */
export function asLayer({ entry, layer }: Read, file: string): Read | null {
  const isLambda = layer.className === lambda;
  if (!isLambda && !isOperation(layer.className, entry['module'])) return { entry, layer };
  const { function: called, name, ...config } = layer.config;
  const [kind, defaults = {}] = isLambda ? (functions.get(called) ?? [null]) : [layer.className];
  const nodes = entry['inbound_nodes'];
  if (kind === null || !Array.isArray(nodes)) return null;
  if (nodes.some(holdsFloat64)) throw failure('operation-float64', file, { layer: layer.name });
  const read = nodes.map((node: unknown) => (isLambda ? callOfKeras2(node) : callOfKeras3(node)));
  const calls = read.filter((call) => call !== null);
  if (!isLambda && areLayers.has(kind) && !calls.some(({ operands }) => operands.some(isConstant)))
    return { entry, layer };
  const strange = Object.keys(config).some((key) => isLambda && key !== 'trainable' && key !== 'dtype');
  if (calls.length < read.length || strange) return null;
  const told = isLambda ? {} : config;
  const found = calls.map(({ operands, given }) => sameAs(kind, operands, { ...defaults, ...told, ...given }));
  const [same] = found;
  if (same == null || found.some((one) => JSON.stringify(one) !== JSON.stringify(same))) return null;
  return asSame({ entry, layer }, same, calls, isLambda ? { name, ...config } : { name });
}

/** Operations on tensors that are called like a merging layer, by the name of that layer. */
const areLayers: ReadonlySet<string> = new Set(['Add', 'Subtract', 'Multiply', 'Maximum', 'Minimum', 'Concatenate']);

/** The entry and layer of an operation as those of the layer that computes the same. */
function asSame(
  { entry, layer }: Read,
  { className, options }: Same,
  calls: readonly Called[],
  { name, ...config }: Json,
): Read {
  const isLambda = layer.className === lambda;
  const inputs = calls.map(({ operands }) =>
    operands.flatMap((operand) => ('tensor' in operand ? [operand.tensor] : [])),
  );
  return {
    entry: { ...entry, inbound_nodes: isLambda ? inputs : inputs.map((args) => ({ args, kwargs: {} })) },
    layer: {
      ...layer,
      className,
      savedAs: isLambda ? lambda : 'operation',
      config: { ...(name === undefined ? {} : { name }), ...config, ...options },
      declaredShapes: withoutNumbers(layer.declaredShapes, calls),
    },
  };
}

/** The shapes that a file gives for the tensors: tf-keras gives that of the first operand, which may be a number. */
function withoutNumbers(shapes: readonly unknown[], calls: readonly Called[]): unknown[] {
  const [first] = calls[0]!.operands;
  if (!isConstant(first!)) return [...shapes];
  const own = JSON.stringify(sizesOf(first.constant));
  return shapes.filter((shape) => JSON.stringify(shape) !== own);
}

const sizesOf = (value: unknown): number[] => (Array.isArray(value) ? [value.length, ...sizesOf(value[0])] : []);

/**
 * A call of tf-keras: `[name, node, tensor, { y }]`, or `[_CONSTANT_VALUE, -1, number, { y }]`, with other arguments
 * beside `y`; a name for TensorFlow's graph changes nothing.
 */
function callOfKeras2(node: unknown): Called | null {
  const [name, index, position, given, ...more] = Array.isArray(node) ? (node as unknown[]) : [];
  const { y, name: label = null, ...others } = object(given);
  if (!(label === null || typeof label === 'string') || more.length > 0) return null;
  const isAlone = y === undefined;
  const first =
    name === constantValue ? (index === -1 ? constant(position) : null) : reference([name, index, position]);
  const second = isAlone ? null : (constant(y) ?? reference(y));
  if (first === null || (!isAlone && second === null)) return null;
  return { operands: second === null ? [first] : [first, second], given: others };
}

const reference = (value: unknown): Operand | null =>
  Array.isArray(value) && value.length === 3 && typeof value[0] === 'string' && value[0] !== constantValue
    ? { tensor: [...(value as unknown[]), {}] }
    : null;

/** A call of Keras 3: tensors and numbers side by side in `args`. */
function callOfKeras3(node: unknown): Called | null {
  const { args, kwargs } = object(node);
  if (!Array.isArray(args) || Object.keys(object(kwargs)).length > 0) return null;
  const operands = args.map(
    (argument: unknown): Operand => constant(argument) ?? numpy(argument) ?? { tensor: argument },
  );
  return { operands, given: {} };
}

const isConstant = (operand: Operand): operand is { constant: Constant } => 'constant' in operand;

const isNumber = (value: unknown): value is number => typeof value === 'number';

/** A number, or numbers for the last axis, with axes of length 1 before it. */
function constant(value: unknown): { constant: Constant } | null {
  if (isNumber(value)) return { constant: value };
  if (!Array.isArray(value) || value.length === 0) return null;
  if (value.every(isNumber)) return { constant: value };
  const inner = value.length === 1 ? constant(value[0]) : null;
  return inner === null ? null : { constant: [inner.constant] };
}

/** Types of arrays whose numbers are float32 where they meet such a tensor, with the numbers that they can hold. */
const arrayTypes: ReadonlyMap<unknown, (value: number) => boolean> = new Map([
  ['float32', () => true],
  ['int64', Number.isSafeInteger],
  ['int32', (value: number) => value === (value | 0)],
  ['uint8', (value: number) => value === (value & 0xff)],
]);

function numpy(argument: unknown): { constant: Constant } | null {
  const { class_name: className, config } = object(argument);
  const { value, dtype, ...others } = object(config);
  const holds = arrayTypes.get(dtype);
  if (className !== '__numpy__' || holds === undefined || Object.keys(others).length > 0) return null;
  const found = constant(value);
  return found !== null && numbersIn(found.constant).every(holds) ? found : null;
}

/** Whether an operation of Keras 3 is called with an array of float64: Keras 3 goes on in float64 then. */
const holdsFloat64 = (node: unknown): boolean =>
  [object(node)['args']].flat().some((argument) => {
    const { class_name: className, config } = object(argument);
    return className === '__numpy__' && object(config)['dtype'] === 'float64';
  });
