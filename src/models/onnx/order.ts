import { type Shape, sizeOf } from '../net.ts';

/** One axis of memory: how many numbers it has, and how far apart they stand in another order of the same numbers. */
export interface Axis {
  size: number;
  stride: number;
}

/** The order in which numbers stand, outermost axis first, by where each stands in the order that ONNX means. */
export type Order = readonly Axis[];

/** How far apart neighbours on each axis of a row-major array stand. */
export const stridesOf = (shape: Shape): number[] => shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));

/** The numbers of an array of `shape` with its axes in the order `axes`. */
export function ordered(shape: Shape, axes: readonly number[]): Order {
  const strides = stridesOf(shape);
  return axes.map((axis) => ({ size: shape[axis]!, stride: strides[axis]! }));
}

/** The numbers as ONNX means them. */
export const asMeant = (shape: Shape): Order => [{ size: sizeOf(shape), stride: 1 }];

/** The same order with as few axes as it takes. */
export function plain(order: Order): Order {
  const found: Axis[] = [];
  for (const axis of order.filter(({ size }) => size !== 1)) {
    const outer = found.at(-1);
    if (outer?.stride === axis.size * axis.stride)
      found.splice(-1, 1, { size: outer.size * axis.size, stride: axis.stride });
    else found.push(axis);
  }
  return found;
}

/** Whether two orders of as many numbers are the same. */
export function isSameOrder(one: Order, other: Order): boolean {
  const [a, b] = [plain(one), plain(other)];
  return a.length === b.length && a.every(({ size, stride }, i) => size === b[i]!.size && stride === b[i]!.stride);
}

/** The order of the same numbers in memory once the axes of their array of `shape` are permuted; null where an axis of memory lies across two of them. */
export function permuted(order: Order, shape: Shape, axes: readonly number[]): Order | null {
  const before = stridesOf(shape);
  const after = stridesOf(axes.map((axis) => shape[axis]!));
  const found: Axis[] = [];
  for (const part of order) {
    const pieces = piecesOf(part, shape, before);
    if (pieces === null) return null;
    for (const { size, stride, axis } of pieces)
      found.push({ size, stride: (stride / before[axis]!) * after[axes.indexOf(axis)]! });
  }
  return found;
}

/** An axis of memory in pieces that each lie on one axis of an array; null if there are none. */
function piecesOf(
  { size, stride }: Axis,
  shape: Shape,
  strides: readonly number[],
): (Axis & { axis: number })[] | null {
  if (size === 1) return [];
  const axis = shape.findIndex((length, i) => length > 1 && strides[i]! <= stride && stride < strides[i]! * length);
  if (axis === -1) return null;
  const room = (strides[axis]! * shape[axis]!) / stride;
  if (stride % strides[axis]! !== 0 || !Number.isInteger(room)) return null;
  if (size <= room) return room % size === 0 ? [{ size, stride, axis }] : null;
  if (size % room !== 0) return null;
  const outer = piecesOf({ size: size / room, stride: stride * room }, shape, strides);
  return outer && [...outer, { size: room, stride, axis }];
}

/** Numbers in another order, which says where each stands among them. */
export function gathered(values: Float32Array, order: Order): Float32Array {
  const result = new Float32Array(values.length);
  eachRow(order, (start, stride, from, to) => {
    for (let i = from, at = start; i < to; i++, at += stride) result[i] = values[at]!;
  });
  return result;
}

/** Back from `gathered`. */
export function scattered(values: Float32Array, order: Order): Float32Array {
  const result = new Float32Array(values.length);
  eachRow(order, (start, stride, from, to) => {
    for (let i = from, at = start; i < to; i++, at += stride) result[at] = values[i]!;
  });
  return result;
}

/** Calls `row` for numbers `from` to `to` of an order, which stand at `start` and each `stride` behind the last. */
function eachRow(order: Order, row: (start: number, stride: number, from: number, to: number) => void): void {
  const axes = plain(order);
  const { size, stride } = axes.at(-1) ?? { size: 1, stride: 0 };
  const outer = axes.slice(0, -1);
  const rows = sizeOf(outer.map((axis) => axis.size));
  const counts = outer.map(() => 0);
  for (let i = 0, start = 0; i < rows; i++) {
    row(start, stride, i * size, (i + 1) * size);
    for (let axis = outer.length - 1; axis >= 0; axis--) {
      start += outer[axis]!.stride;
      if (++counts[axis]! < outer[axis]!.size) break;
      start -= outer[axis]!.stride * outer[axis]!.size;
      counts[axis] = 0;
    }
  }
}
