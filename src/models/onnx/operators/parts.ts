import { Constant } from '../constant.ts';
import type { Tensor } from '../wiring.ts';
import type { Operator, Site } from './site.ts';

const gather: Operator = (site) => {
  site.takes(2);
  const axis = site.node.int('axis', 0);
  const indices = site.constant(1);
  if (!site.isConstant(0)) return gathered(site, axis, indices);
  const { numbers, shape, type } = site.constant(0);
  if (shape.length !== 1 || axis > 0) throw site.refuse('it takes parts of a constant of several axes');
  const found = indices.numbers.map((index) => numbers[index < 0 ? index + numbers.length : index]);
  if (found.includes(undefined)) throw site.refuse(`its indices are ${indices.numbers.join(', ')}`);
  return Constant.holding(found as number[], type, indices.shape);
};

/** Some channels of a tensor, in another order or not. */
function gathered(site: Site, axis: number, { numbers: indices, shape: of }: Constant): Tensor {
  const { shape } = site.tensor();
  if (of.length !== 1) throw site.refuse(`its indices have ${of.length} axes, not one`);
  if (site.axis(axis, shape.length) !== 0)
    throw site.refuse('it takes parts of another axis than that of the channels');
  const tensor = shape.length === 3 ? site.image() : site.inOrder();
  const size = shape[0]!;
  const channels = indices.map((index) => (index < 0 ? index + size : index));
  if (channels.some((channel) => !(channel >= 0 && channel < size)))
    throw site.refuse(`its indices are ${indices.join(', ')}`);
  return site.wiring.picked(site.label, tensor, channels);
}

/** The places from `start` to `end` of so many, as Python counts. */
function between(start: number, end: number, size: number): number[] {
  const at = (place: number): number => Math.min(size, Math.max(0, place < 0 ? place + size : place));
  return Array.from({ length: Math.max(0, at(end) - at(start)) }, (_, i) => at(start) + i);
}

const slice: Operator = (site) => {
  site.takes(5);
  const told = (name: string, input: number) => site.integers(name, input, 10);
  const [starts, ends] = [told('starts', 1) ?? [], told('ends', 2) ?? []];
  const axes = told('axes', 3) ?? [...starts.keys()];
  const steps = site.opset < 10 || !site.has(4) ? starts.map(() => 1) : site.constant(4).numbers;
  if ([ends, axes, steps].some(({ length }) => length !== starts.length))
    throw site.refuse('its starts, ends, axes and steps are not as many');
  if (steps.some((step) => step !== 1)) throw site.refuse(`its steps are ${steps.join(', ')}, only 1 is computed`);
  if (site.isConstant(0)) {
    const { numbers, shape, type } = site.constant(0);
    if (shape.length !== 1 || starts.length !== 1) throw site.refuse('it takes parts of a constant of several axes');
    return Constant.holding(
      between(starts[0]!, ends[0]!, numbers.length).map((place) => numbers[place]!),
      type,
    );
  }
  return sliced(
    site,
    axes.map((axis, i) => [axis, starts[i]!, ends[i]!]),
  );
};

function sliced(site: Site, cuts: readonly [axis: number, start: number, end: number][]): Tensor {
  const { shape } = site.tensor();
  let tensor = shape.length === 3 ? site.image() : site.inOrder();
  for (const [i, [given, start, end]] of cuts.entries()) {
    const axis = site.axis(given, shape.length);
    const size = tensor.shape[axis]!;
    const places = between(start, end, size);
    if (places.length === 0) throw site.refuse('nothing is left of its input');
    if (places.length === size) continue;
    const label = `${site.label}${i === 0 ? '' : `/${i + 1}`}`;
    if (axis === 0) tensor = site.wiring.picked(label, tensor, places);
    else {
      const cut = [places[0]!, size - 1 - places.at(-1)!];
      const config = { cropping: axis === 1 ? [cut, [0, 0]] : [[0, 0], cut] };
      const { id, held } = site.wiring.call(label, { className: 'Cropping2D', config }, [tensor]);
      tensor = site.imageOf(id, held);
    }
  }
  return tensor;
}

const split: Operator = (site) => {
  site.takes(2);
  const { shape } = site.tensor();
  if (site.axis(site.node.int('axis', 0), shape.length) !== 0)
    throw site.refuse('it splits another axis than that of the channels');
  const tensor = shape.length === 3 ? site.image() : site.inOrder();
  const count = site.node.int('num_outputs', site.node.outputs.length);
  if (count !== site.node.outputs.length)
    throw site.refuse(`its num_outputs is ${count}, it has ${site.node.outputs.length}`);
  const each = Math.ceil(shape[0]! / count);
  const sizes =
    site.integers('split', 1, 13) ?? Array.from({ length: count }, (_, i) => Math.min(each, shape[0]! - each * i));
  if (sizes.reduce((a, b) => a + b, 0) !== shape[0] || sizes.some((size) => !(size >= 1)))
    throw site.refuse(`it splits ${shape[0]} channels into ${sizes.join(', ')}`);
  let start = 0;
  return sizes.map((size, i) => {
    const places = between(start, (start += size), shape[0]!);
    return site.wiring.picked(`${site.label}${i === 0 ? '' : `/${i + 1}`}`, tensor, places);
  });
};

/** Zeros around an image, or less of it. */
const pad: Operator = (site) => {
  site.takes(4);
  const mode = site.node.text('mode', 'constant');
  const value = site.opset < 11 ? site.node.float('value', 0) : site.number(2, 0);
  if (mode !== 'constant' || value !== 0)
    throw site.refuse(`it pads with ${mode === 'constant' ? value : mode}, only zeros are computed`);
  const given = site.integers('pads', 1, 11) ?? [];
  const image = site.image();
  const axes = site.has(3) ? site.constant(3).numbers.map((axis) => (axis < 0 ? axis + 4 : axis)) : [0, 1, 2, 3];
  if (given.length !== 2 * axes.length) throw site.refuse(`its pads are ${given.join(', ')}`);
  if (new Set(axes).size < axes.length || axes.some((axis) => !(axis >= 0 && axis < 4)))
    throw site.refuse(`its axes are ${axes.join(', ')}`);
  const around = [0, 1, 2, 3].map((axis): [number, number] => {
    const at = axes.indexOf(axis);
    return at === -1 ? [0, 0] : [given[at]!, given[at + axes.length]!];
  });
  if (
    around
      .slice(0, 2)
      .flat()
      .some((zeros) => zeros !== 0)
  )
    throw site.refuse('it pads images or channels');
  const [wider, narrower] = [Math.max, Math.min].map((side) =>
    around.slice(2).map((zeros) => zeros.map((count) => Math.abs(side(0, count)))),
  );
  const padded = wider!.flat().some((count) => count > 0)
    ? site.onImage({ className: 'ZeroPadding2D', config: { padding: wider } }, image)
    : image;
  if (narrower!.flat().every((count) => count === 0)) return padded;
  return site.onImage(
    { className: 'Cropping2D', config: { cropping: narrower } },
    padded,
    padded === image ? '' : '/crop',
  );
};

export const parts: Readonly<Record<string, Operator>> = {
  Gather: gather,
  Slice: slice,
  Split: split,
  Pad: pad,
};
