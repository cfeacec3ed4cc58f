import { type Shape, sizeOf } from '../../net.ts';
import { Constant } from '../constant.ts';
import type { Tensor } from '../wiring.ts';
import { typeName, types } from '../schema.ts';
import type { Operator, Site } from './site.ts';
import { voteIn } from './votes.ts';

/** Stands for the number of images, which is open. */
export const images = NaN;

/** The shape of one image that a list of sizes means, the number of images first. */
export function target(site: Site, sizes: readonly number[], from: Shape): number[] {
  const [first = 1, ...others] = sizes.map((size, axis) =>
    size === 0 && site.node.int('allowzero', 0) === 0 ? (axis === 0 ? images : from[axis - 1]!) : size,
  );
  const isOpen = others.includes(-1);
  const known = sizeOf(others.filter((size) => size !== -1));
  const shape = others.map((size) => (size === -1 ? sizeOf(from) / known : size));
  const fits = shape.every((size) => Number.isInteger(size) && size > 0) && sizeOf(shape) === sizeOf(from);
  const keepsImages = Number.isNaN(first) || (first === -1 && !isOpen) || first === site.wiring.images;
  if (!fits || !keepsImages) throw site.refuse(`it makes ${sizes.join('x')} of images of ${from.join('x')}`);
  return shape;
}

const reshaped = (tensor: Tensor, shape: Shape): Tensor => ({ ...tensor, shape });

const reshape: Operator = (site) => {
  site.takes(2);
  const sizes = site.constant(1).numbers;
  const vote = voteIn(site);
  if (vote !== null && sizes.join() === '-1') return vote;
  if (site.isConstant(0)) return site.constant(0).reshaped(sizes);
  const tensor = site.tensor();
  return reshaped(tensor, target(site, sizes, tensor.shape));
};

const flatten: Operator = (site) => {
  site.takes(1);
  const tensor = site.tensor();
  const axis = site.node.int('axis', 1);
  if (axis !== 1 && axis !== -tensor.shape.length)
    throw site.refuse(`its axis is ${axis}, only 1 keeps the images apart`);
  return reshaped(tensor, [sizeOf(tensor.shape)]);
};

/** Of constants alone, and of the class that a GoodNet's net names. */
const cast: Operator = (site) => {
  site.takes(1);
  const to = site.node.int('to');
  const vote = voteIn(site);
  if (vote !== null && to === types.int64) return vote;
  const { numbers, shape } = site.constant(0);
  const isWhole = to === types.int64 || to === types.int32;
  if (!isWhole && to !== types.float32) throw site.refuse(`it casts to ${typeName(to)}`);
  return Constant.holding(isWhole ? numbers.map(Math.trunc) : numbers, shape);
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
  if (tensor !== undefined) return Constant.of(node.outputs[0] ?? '', tensor);
  if (int !== undefined) return Constant.holding([int], []);
  if (ints !== undefined) return Constant.holding(ints);
  if (float !== undefined) return Constant.holding([float], []);
  if (floats !== undefined) return Constant.holding(floats);
  throw site.refuse('it holds no numbers');
};

export const shapes: Readonly<Record<string, Operator>> = {
  Reshape: reshape,
  Flatten: flatten,
  Identity: identity,
  Dropout: dropout,
  Constant: constant,
  Cast: cast,
};
