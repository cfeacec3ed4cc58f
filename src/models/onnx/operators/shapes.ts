import { type Shape, sizeOf } from '../../net.ts';
import { checkAxes, Constant } from '../constant.ts';
import { permuted } from '../order.ts';
import type { Tensor } from '../wiring.ts';
import { typeName, types } from '../schema.ts';
import type { Operator, Site } from './site.ts';
import { voteIn } from './votes.ts';

/** Stands for the number of images, which is open. */
export const images = NaN;

/** The shape of one image that a list of sizes means, the number of images first. */
function target(site: Site, sizes: readonly number[], from: Shape): number[] {
  const known = [images, ...from];
  const [first = 1, ...others] = sizes.map((size, axis) => (size === 0 ? (known[axis] ?? 0) : size));
  const isOpen = others.includes(-1);
  const rest = sizeOf(from) / sizeOf(others.filter((size) => size !== -1));
  const shape = others.map((size) => (size === -1 ? rest : size));
  const fits = shape.every((size) => Number.isInteger(size) && size > 0) && sizeOf(shape) === sizeOf(from);
  const keepsImages = Number.isNaN(first) || (first === -1 && !isOpen) || first === site.wiring.images;
  if (!fits || !keepsImages) throw site.refuse(`it makes ${sizes.join('x')} of images of ${from.join('x')}`);
  return shape;
}

const reshape: Operator = (site) => {
  site.takes(2);
  const sizes = site.constant(1).numbers;
  if (site.node.flag('allowzero', false) && sizes.includes(0)) throw site.refuse('it asks for no numbers');
  const vote = voteIn(site);
  if (vote !== null && sizes.join() === '-1') return { ...vote, kind: 'class' };
  if (site.isConstant(0)) return reshapedConstant(site, sizes);
  const tensor = site.tensor();
  return withShape(tensor, target(site, sizes, tensor.shape));
};

function reshapedConstant(site: Site, sizes: readonly number[]): Constant {
  const constant = site.constant(0);
  const known = sizes.map((size, axis) => (size === 0 ? (constant.shape[axis] ?? 0) : size));
  const rest = constant.size / sizeOf(known.filter((size) => size !== -1));
  return constant.reshaped(known.map((size) => (size === -1 ? rest : size)));
}

const flatten: Operator = (site) => {
  site.takes(1);
  const tensor = site.tensor();
  const axis = site.node.int('axis', 1);
  if (axis !== 1 && axis !== -tensor.shape.length)
    throw site.refuse(`its axis is ${axis}, only 1 keeps the images apart`);
  return withShape(tensor, [sizeOf(tensor.shape)]);
};

/** Of constants alone, and of the class that a GoodNet's net names. */
const cast: Operator = (site) => {
  site.takes(1);
  const to = site.node.int('to');
  const vote = voteIn(site);
  if (vote !== null && to === types.int64) return vote;
  const constant = site.constant(0);
  const { type, shape } = constant;
  const found = (['float32', 'int64', 'int32'] as const).find((each) => types[each] === to);
  if (found === undefined) throw site.refuse(`it casts to ${typeName(to)}`);
  if (found === type) return constant;
  const numbers = constant.numbers.map(found === 'float32' ? Math.fround : Math.trunc);
  const fits = found === 'int32' ? (number: number) => number === (number | 0) : Number.isSafeInteger;
  const isKnown = found === 'float32' ? Number.isFinite : fits;
  if (!numbers.every(isKnown)) throw site.refuse(`it casts numbers that ${found} does not hold`);
  return Constant.holding(numbers, found, shape);
};

const identity: Operator = (site) => {
  site.takes(1);
  return site.values[0]!;
};

/** In a finished net it hands its input on. */
const dropout: Operator = (site) => {
  site.takes(3);
  site.node.float('ratio');
  site.node.int('seed');
  if (site.number(2, 0) !== 0) throw site.refuse('it is told that it trains');
  return site.tensor();
};

const constant: Operator = (site) => {
  const { node } = site;
  const [tensor, float, floats, int, ints] = [
    node.tensor('value'),
    node.float('value_float'),
    node.floats('value_floats'),
    node.int('value_int'),
    node.ints('value_ints'),
  ];
  if ([tensor, float, floats, int, ints].filter((given) => given !== undefined).length > 1)
    throw site.refuse('it holds its numbers twice');
  if (tensor !== undefined) return Constant.of(node.outputs[0] ?? '', tensor);
  if (int !== undefined) return Constant.holding([int], 'int64', []);
  if (ints !== undefined) return Constant.holding(ints, 'int64');
  if (float !== undefined) return Constant.holding([float], 'float32', []);
  if (floats !== undefined) return Constant.holding(floats, 'float32');
  throw site.refuse('it holds no numbers');
};

/** Axes that a node names, which became an input with opset 13. */
function axesOf(site: Site): readonly number[] {
  const given = site.integers('axes', 1, 13);
  if (given === undefined) throw site.refuse('it does not say which axes');
  return given;
}

/** The same from the first one on, in a tensor of so many; those of one image where the first is that of the images. */
function counted(site: Site, axes: readonly number[], rank: number, least: 0 | 1): number[] {
  const found = axes.map((axis) => (axis < 0 ? axis + rank : axis));
  if (found.some((axis) => !(axis >= least && axis < rank)) || new Set(found).size < found.length)
    throw site.refuse(`its axes are ${axes.join(', ')}, which are none of one image`);
  return found.map((axis) => axis - least);
}

const squeeze: Operator = (site) => {
  site.takes(2);
  const value = site.values[0];
  const tensor = value instanceof Constant ? value : site.tensor();
  const least = value instanceof Constant ? 0 : 1;
  const axes = new Set(counted(site, axesOf(site), tensor.shape.length + least, least));
  if ([...axes].some((axis) => tensor.shape[axis] !== 1)) throw site.refuse('it leaves out an axis that is not 1');
  return withShape(
    tensor,
    tensor.shape.filter((_, axis) => !axes.has(axis)),
  );
};

const unsqueeze: Operator = (site) => {
  site.takes(2);
  const value = site.values[0];
  const tensor = value instanceof Constant ? value : site.tensor();
  const least = value instanceof Constant ? 0 : 1;
  const given = axesOf(site);
  const axes = counted(site, given, tensor.shape.length + least + given.length, least);
  const shape = [...tensor.shape];
  for (const axis of axes.sort((a, b) => a - b)) shape.splice(axis, 0, 1);
  return withShape(tensor, shape);
};

function withShape(value: Constant | Tensor, shape: Shape): Constant | Tensor {
  checkAxes(shape);
  return value instanceof Constant ? value.reshaped(shape) : { ...value, shape };
}

const transpose: Operator = (site) => {
  site.takes(1);
  const value = site.values[0];
  const isTurned = value !== undefined && !(value instanceof Constant) && value.kind === 'turned';
  const rank = value instanceof Constant ? value.shape.length : isTurned ? 2 : site.tensor().shape.length + 1;
  const axes = site.node.ints('perm') ?? Array.from({ length: rank }, (_, i) => rank - 1 - i);
  if ([...axes].sort((a, b) => a - b).join() !== [...Array(rank).keys()].join())
    throw site.refuse(`its perm is ${axes.join(', ')}`);
  if (value instanceof Constant) return value.transposed(axes);
  if (isTurned) return axes[0] === 1 ? value.row : value;
  const tensor = site.tensor();
  if (tensor.shape.length === 1 && axes[0] === 1) return { kind: 'turned', row: site.row() };
  if (axes[0] !== 0) throw site.refuse('it moves the axis of the images');
  const own = axes.slice(1).map((axis) => axis - 1);
  const order = permuted(tensor.order, tensor.shape, own);
  if (order === null) throw site.refuse('its numbers stand in another order');
  return { ...tensor, shape: own.map((axis) => tensor.shape[axis]!), order };
};

/** The number of images is open, whatever the file says. */
const shape: Operator = (site) => {
  site.takes(1);
  const value = site.values[0];
  const sizes = value instanceof Constant ? value.shape : [images, ...site.tensor().shape];
  return Constant.holding(sizes.slice(site.node.int('start', 0), site.node.int('end', sizes.length)), 'int64');
};

export const shapes: Readonly<Record<string, Operator>> = {
  Reshape: reshape,
  Flatten: flatten,
  Identity: identity,
  Dropout: dropout,
  Squeeze: squeeze,
  Unsqueeze: unsqueeze,
  Transpose: transpose,
  Shape: shape,
  Constant: constant,
  Cast: cast,
};
