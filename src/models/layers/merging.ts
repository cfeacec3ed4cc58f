import { Type } from '@sinclair/typebox';
import { flag, layer, type LayerSpec, never, number, options } from './spec.ts';
import type { Shape } from '../net.ts';

/** Shapes of equal rank where an axis of 1 stretches to the other's size. */
function broadcast(_: unknown, inputs: Shape[]): Shape {
  const rank = inputs[0]!.length;
  if (inputs.length < 2 || inputs.some((shape) => shape.length !== rank))
    throw new Error('it merges inputs of different ranks');
  return inputs[0]!.map((_size, axis) => {
    const sizes = new Set(inputs.map((shape) => shape[axis]!).filter((size) => size !== 1));
    if (sizes.size > 1) throw new Error(`its inputs have the sizes ${[...sizes].join(' and ')} on one axis`);
    return [...sizes][0] ?? 1;
  });
}

function concatenated(o: { axis: number }, inputs: Shape[]): Shape {
  const rank = inputs[0]!.length;
  const axis = concatenationAxis(o.axis, rank);
  const same = inputs.every(
    (shape) => shape.length === rank && shape.every((size, i) => i === axis || size === inputs[0]![i]),
  );
  if (axis < 0 || axis >= rank || !same)
    throw new Error(
      `inputs of shape ${inputs.map((s) => s.join('x')).join(' and ')} cannot be joined on axis ${o.axis}`,
    );
  return inputs[0]!.map((size, i) => (i === axis ? inputs.reduce((sum, shape) => sum + shape[i]!, 0) : size));
}

/** Keras counts the batch axis; a sample's shape here does not have it. */
export const concatenationAxis = (axis: number, rank: number): number => (axis < 0 ? rank + axis : axis - 1);

const merge: LayerSpec = layer({ options: options({}), output: broadcast, perChannel: never });

/**
 * The same for sums. Keras 3 adds what has one axis above 1 as a bias, whatever axis that is, and the batch axis counts: an operand that may be taken so
 * must mean the same either way. Source: `add` in keras/src/backend/tensorflow/numpy.py.
 */
function added(o: unknown, [first, ...others]: Shape[]): Shape {
  return others.reduce<Shape>((sum, operand) => {
    const joined = broadcast(o, [sum, operand]);
    const long = [...operand.keys()].filter((axis) => operand[axis] !== 1);
    const [axis] = long;
    const [size, last] = [axis === undefined ? 1 : operand[axis]!, sum.length - 1];
    const isAlone = long.length === 0 && (sum[0] !== 1 || sum[last] !== 1);
    const isBias = long.length === 1 && (size === sum[0] || size === sum[last]);
    const meansTheSame = size === sum[last] ? axis === last : axis === 0;
    if (isAlone || (isBias && !meansTheSame))
      throw new Error(
        `it adds ${operand.join('x')} to ${sum.join('x')}, which Keras 3 takes for a bias of another axis in some batches; put the larger one last`,
      );
    return joined;
  }, first!);
}

const sum: LayerSpec = layer({
  options: options({}),
  output: (o, inputs) => (inputs.length < 2 ? broadcast(o, inputs) : added(o, inputs)),
  perChannel: never,
});

function ofTwo(o: unknown, inputs: Shape[]): Shape {
  if (inputs.length !== 2) throw new Error(`it is called on ${inputs.length} tensors, it takes 2`);
  return broadcast(o, inputs);
}

/** The axes over which products of two samples are added up, counted without the batch axis. */
export const dotAxes = (axes: number | readonly number[], ranks: readonly number[]): number[] =>
  ranks.map((rank, i) => concatenationAxis([axes].flat()[typeof axes === 'number' ? 0 : i]!, rank));

function dotted(o: { axes: number | number[] }, inputs: Shape[]): Shape {
  if (inputs.length !== 2) throw new Error(`it is called on ${inputs.length} tensors, it takes 2`);
  if (inputs.some((shape) => shape.length > 2))
    throw new Error(
      `its inputs have ${inputs.map((shape) => shape.length).join(' and ')} axes, at most 2 are computed: flatten maps to positions and channels`,
    );
  const along = dotAxes(
    o.axes,
    inputs.map((shape) => shape.length),
  );
  const [one, other] = inputs.map((shape, i) => shape[along[i]!]);
  if (one === undefined || other === undefined || one !== other)
    throw new Error(
      `inputs of shape ${inputs.map((s) => s.join('x')).join(' and ')} cannot be multiplied over the axes ${[o.axes].flat().join(' and ')}`,
    );
  const rest = inputs.flatMap((shape, i) => shape.filter((_, axis) => axis !== along[i]));
  return rest.length === 0 ? [1] : rest;
}

/** Classes that are operations of tensors for Keras, and none of its layers. */
export const areOperations: ReadonlySet<string> = new Set(['Divide']);

export const mergingLayers: Record<string, LayerSpec> = {
  Add: sum,
  Multiply: merge,
  Average: sum,
  Maximum: merge,
  Minimum: merge,
  Subtract: layer({ options: options({}), output: ofTwo, perChannel: never }),
  Divide: layer({
    options: options({ numerator: Type.Union([number(), Type.Null()], { default: null }) }),
    output: (o, inputs) => (o.numerator === null ? ofTwo(o, inputs) : inputs[0]!),
    perChannel: never,
  }),
  Dot: layer({
    options: options({
      axes: Type.Union([Type.Integer(), Type.Tuple([Type.Integer(), Type.Integer()])]),
      normalize: flag(false),
    }),
    output: dotted,
    perChannel: never,
  }),
  Concatenate: layer({
    options: options({ axis: Type.Integer({ default: -1 }) }),
    output: concatenated,
    perChannel: never,
  }),
};
