import { Constant, isForChannels, mostNumbers } from '../constant.ts';
import { isSameOrder } from '../order.ts';
import type { NewLayer, Tensor } from '../wiring.ts';
import { rescaling } from './activations.ts';
import type { Operator, Site } from './site.ts';

/** Tensors that are merged number by number, laid out alike in memory. */
function alike(site: Site, inputs: readonly number[]): Tensor[] {
  const tensors = inputs.map((input) => site.tensor(input));
  if (tensors.every(({ shape }) => shape.length === 3)) return inputs.map((input) => site.image(input));
  const [first, ...others] = tensors as [Tensor, ...Tensor[]];
  const strange = others.find(
    ({ shape, order }) => shape.join() !== first.shape.join() || !isSameOrder(order, first.order),
  );
  if (strange !== undefined)
    throw site.refuse(
      `it merges ${first.shape.join('x')} and ${strange.shape.join('x')}, whose numbers stand otherwise`,
    );
  return [first, ...others.map((tensor) => site.wiring.held(site.label, tensor, first.held))];
}

/** A layer on several tensors. */
function merged(site: Site, layer: NewLayer, inputs: readonly number[]): Tensor {
  const tensors = alike(site, inputs);
  const { id, held } = site.wiring.call(site.label, layer, tensors);
  const widest = tensors.find((tensor) => tensor.held.join() === held.join());
  if (widest === undefined) throw site.refuse('each of its inputs is stretched');
  return { ...widest, id };
}

/** Numbers for a tensor's channels in the order in which these stand; one number where there is one for all. */
function numbersFor(site: Site, tensor: Tensor, constant: Constant): number | number[] {
  const { numbers, name, type } = constant;
  if (type !== 'float32') throw site.refuse(`its constant ${name} holds integers`);
  const { shape, order } = tensor;
  const isEach = numbers.length !== 1;
  if (!isForChannels(constant, tensor) || (isEach && shape.length === 2))
    throw site.refuse(
      `its constant ${name} has the shape ${constant.shape.join('x')}, only one number, or one for each channel, is computed`,
    );
  if (!isEach) return numbers[0]!;
  return shape.length === 3 ? [...numbers] : [...Constant.holding(numbers, 'float32').inOrder(order)];
}

/** What an operator is with a constant: the factor and the summand of a tensor. */
interface WithConstant {
  /** `tensor - constant` and the like. */
  behind: (number: number) => [scale: number, offset: number];
  /** `constant - tensor`; null where it is no such thing. */
  before: ((number: number) => [scale: number, offset: number]) | null;
  of: (a: number, b: number) => number;
}

const withConstant: Readonly<Record<string, WithConstant>> = {
  Add: { behind: (x) => [1, x], before: (x) => [1, x], of: (a, b) => a + b },
  Subtract: { behind: (x) => [1, -x], before: (x) => [-1, x], of: (a, b) => a - b },
  Multiply: { behind: (x) => [x, 0], before: (x) => [x, 0], of: (a, b) => a * b },
  Divide: { behind: (x) => [1 / x, 0], before: null, of: (a, b) => a / b },
};

/** Whether to multiply by 1 / x is to divide by x, but for its last bits. */
const isInvertible = (x: number): boolean => Math.abs(x) > 2 ** -60 && Math.abs(x) < 2 ** 60;

/** Two tensors, a tensor and numbers, or numbers alone. */
const arithmetic =
  (className: string): Operator =>
  (site) => {
    site.takes(2);
    const { behind, before, of } = withConstant[className]!;
    const [first, second] = [0, 1].map((input) => site.isConstant(input));
    if (first && second) return folded(site, of);
    if (!first && !second) return merged(site, { className }, [0, 1]);
    const constant = site.constant(first ? 0 : 1);
    const given = first ? 1 : 0;
    const biased =
      className === 'Add'
        ? site.wiring.withBias(site.tensor(given), constant, site.node.inputs[given]!, site.readers(given))
        : null;
    if (biased !== null) return biased;
    const tensor = channelwise(site, given);
    const numbers = numbersFor(site, tensor, constant);
    const each = first ? before : behind;
    if (each === null) {
      if (typeof numbers !== 'number') throw site.refuse('it divides numbers of each channel by a tensor');
      return site.onEach({ className, config: { numerator: numbers } }, tensor);
    }
    if (className === 'Divide' && ![numbers].flat().every(isInvertible))
      throw site.refuse(`it divides by ${constant.name || 'a constant'}, which holds numbers near 0`);
    const pairs = [numbers].flat().map(each);
    const [scale, offset] = [0, 1].map((i) =>
      typeof numbers === 'number' ? pairs[0]![i] : pairs.map((pair) => pair[i]),
    );
    return site.onEach(rescaling(scale, offset), tensor);
  };

/** A tensor with its channels in one place, where it has any. */
function channelwise(site: Site, input: number): Tensor {
  const { shape } = site.tensor(input);
  if (shape.length === 3) return site.image(input);
  return shape.length === 1 ? site.row(input) : site.tensor(input);
}

/** Numbers that are known while the net is read, rounded as they are in the net: sizes to whole ones, others to float32. */
function folded(site: Site, of: (a: number, b: number) => number): Constant {
  const [a, b] = [site.constant(0), site.constant(1)];
  const { type } = a;
  if (type !== b.type || (type !== 'float32' && type !== 'int64'))
    throw site.refuse(`it computes with constants of ${a.type} and ${b.type}`);
  const [wide, narrow] = a.shape.length >= b.shape.length ? [a, b] : [b, a];
  const isOne = narrow.size === 1 && narrow.shape.length <= wide.shape.length;
  if (!isOne && narrow.shape.join() !== wide.shape.join()) throw site.refuse('it merges constants of different shapes');
  const [x, y] = [a.numbers, b.numbers];
  const at = (numbers: readonly number[], i: number): number => numbers[numbers.length === 1 ? 0 : i]!;
  const round = type === 'float32' ? Math.fround : Math.trunc;
  const numbers = Array.from({ length: wide.size }, (_, i) => round(of(at(x, i), at(y, i))));
  const isKnown = type === 'float32' ? Number.isFinite : Number.isSafeInteger;
  if (![...x, ...y, ...numbers].every(isKnown))
    throw site.refuse('it computes with numbers that are no sizes, or with the number of images');
  return Constant.holding(numbers, type, wide.shape);
}

/** Any number of tensors, of which one may be alone. */
const ofMany =
  (className: string): Operator =>
  (site) =>
    site.values.length === 1 ? site.tensor() : merged(site, { className }, [...site.values.keys()]);

/** A tensor times itself, once or twice. */
const power: Operator = (site) => {
  site.takes(2);
  const exponent = site.number(1, NaN);
  if (site.constant(1).shape.length > 1 || (exponent !== 2 && exponent !== 3))
    throw site.refuse(`its exponent is ${exponent}, only 2 and 3 are computed`);
  return merged(site, { className: 'Multiply' }, Array<number>(exponent).fill(0));
};

const concat: Operator = (site) => {
  const inputs = [...site.values.keys()];
  const given = site.node.int('axis', 1);
  if (inputs.every((input) => site.isConstant(input))) return joined(site, given);
  const tensors = inputs.map((input) => site.tensor(input));
  const rank = tensors[0]!.shape.length;
  const axis = site.axis(given, rank);
  if (tensors.length === 1) return tensors[0]!;
  if (rank === 1) {
    const rows = inputs.map((input) => site.inOrder(input));
    const { id, held } = site.wiring.call(site.label, { className: 'Concatenate', config: { axis: 1 } }, rows);
    return { kind: 'tensor', id, held, shape: held, order: [{ size: held[0]!, stride: 1 }] };
  }
  const at = [3, 1, 2][axis];
  const config = { axis: at };
  const { id, held } = site.wiring.call(
    site.label,
    { className: 'Concatenate', config },
    inputs.map((input) => site.image(input)),
  );
  return site.imageOf(id, held);
};

function joined(site: Site, axis: number): Constant {
  const parts = site.values.map((_, input) => site.constant(input));
  const [{ type }] = parts as [Constant];
  if (axis !== 0 || parts.some(({ shape }) => shape.length !== 1))
    throw site.refuse('it joins constants of several axes');
  if (parts.some((part) => part.type !== type)) throw site.refuse('it joins constants of several types');
  if (parts.reduce((sum, { size }) => sum + size, 0) > mostNumbers) throw site.refuse('it joins too many numbers');
  return Constant.holding(
    parts.flatMap(({ numbers }) => numbers),
    type,
  );
}

export const merging: Readonly<Record<string, Operator>> = {
  Add: arithmetic('Add'),
  Sub: arithmetic('Subtract'),
  Mul: arithmetic('Multiply'),
  Div: arithmetic('Divide'),
  Sum: ofMany('Add'),
  Max: ofMany('Maximum'),
  Min: ofMany('Minimum'),
  Mean: ofMany('Average'),
  Pow: power,
  Concat: concat,
};
