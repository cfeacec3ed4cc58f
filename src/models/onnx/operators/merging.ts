import { Constant, isInt32, mostNumbers } from '../constant.ts';
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
function numbersFor(site: Site, { shape, order }: Tensor, constant: Constant): number | number[] {
  const { numbers } = constant;
  if (constant.type !== 'float32') throw site.refuse(`its constant ${constant.name} holds integers`);
  if (constant.shape.length > shape.length + 1)
    throw site.refuse(`its constant ${constant.name} has ${constant.shape.length} axes, its input ${shape.length + 1}`);
  if (numbers.length === 1) return numbers[0]!;
  const axes = [...Array<number>(Math.max(0, shape.length + 1 - constant.shape.length)).fill(1), ...constant.shape];
  if (axes.length !== shape.length + 1 || axes[1] !== shape[0] || numbers.length !== shape[0])
    throw site.refuse(
      `its constant ${constant.name} has the shape ${constant.shape.join('x')}, only one number, or one for each channel, is computed`,
    );
  if (shape.length === 3) return [...numbers];
  if (shape.length !== 1) throw site.refuse('it takes numbers for each of several axes');
  return [...Constant.holding(numbers, shape, 'float32').inOrder(order)];
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
    const biased =
      className === 'Add'
        ? site.wiring.withBias(site.tensor(first ? 1 : 0), constant, site.readers(first ? 1 : 0))
        : null;
    if (biased !== null) return biased;
    const tensor = channelwise(site, first ? 1 : 0);
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

/** Numbers that are known while the net is read, each rounded as its type is: whole ones are small, as sizes are. */
function folded(site: Site, of: (a: number, b: number) => number): Constant {
  const [a, b] = [site.constant(0), site.constant(1)];
  if (a.type !== b.type) throw site.refuse('it merges integers with others');
  const isWide = a.size > b.size || (a.size === b.size && a.shape.length >= b.shape.length);
  const [wide, narrow] = isWide ? [a, b] : [b, a];
  const fits = narrow.size === 1 && narrow.shape.length <= wide.shape.length;
  if (!fits && narrow.shape.join() !== wide.shape.join()) throw site.refuse('it merges constants of different shapes');
  const [x, y] = [a.numbers, b.numbers];
  const at = (numbers: readonly number[], i: number): number => numbers[numbers.length === 1 ? 0 : i]!;
  const numbers = Array.from({ length: wide.size }, (_, i) => of(at(x, i), at(y, i)));
  if (a.type === 'float32') return Constant.holding(numbers, wide.shape, 'float32');
  const whole = numbers.map(Math.trunc);
  if (!whole.every(isInt32)) throw site.refuse('it computes with the number of images, or beyond 32 bits');
  return Constant.holding(whole, wide.shape);
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
  if (axis !== 0 || parts.some(({ shape }) => shape.length !== 1))
    throw site.refuse('it joins constants of several axes');
  if (parts.reduce((sum, { size }) => sum + size, 0) > mostNumbers) throw site.refuse('it joins too many numbers');
  const [type, ...others] = new Set(parts.map((part) => part.type));
  if (others.length > 0) throw site.refuse('it joins integers with others');
  const numbers = parts.flatMap((part) => part.numbers);
  return Constant.holding(numbers, [numbers.length], type);
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
