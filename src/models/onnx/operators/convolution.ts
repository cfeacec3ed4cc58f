import { margins } from '../../layers/spec.ts';
import { ordered } from '../order.ts';
import type { Tensor } from '../wiring.ts';
import type { Operator, Site } from './site.ts';

/** Rows or columns in front and behind. */
export type Margin = readonly [before: number, after: number];

/** A window as ONNX tells of it. */
export interface Window {
  size: readonly [number, number];
  strides: readonly [number, number];
  dilation: readonly [number, number];
}

/** Two numbers for rows and columns. */
export function pair(site: Site, name: string, fallback?: number): readonly [number, number] {
  const given = site.node.ints(name) ?? (fallback === undefined ? [] : [fallback, fallback]);
  if (given.length !== 2) throw site.refuse(`its ${name} has ${given.length} numbers, not two`);
  return given as [number, number];
}

/** How far a row of windows that begin `stride` apart reaches out of `size`. */
const reach = (size: number, stride: number, window: number): number =>
  (Math.ceil(size / stride) - 1) * stride + window - size;

/** How far windows reach out of the image, by `pads` or `auto_pad`. */
export function marginsOf(site: Site, { shape }: Tensor, { size, strides, dilation }: Window): [Margin, Margin] {
  const mode = site.node.text('auto_pad', 'NOTSET');
  const pads = site.node.ints('pads');
  if (mode.startsWith('SAME') && dilation.some((step) => step !== 1))
    throw site.refuse(`its auto_pad is ${mode}, with a dilation`);
  const same = (axis: 0 | 1) => margins(shape[axis + 1]!, size[axis], strides[axis], 'same', dilation[axis]);
  if (mode !== 'NOTSET' && pads?.some((pad) => pad !== 0)) throw site.refuse('it has both pads and an auto_pad');
  const isSkipped = ([0, 1] as const).some(
    (axis) => reach(shape[axis + 1]!, strides[axis], dilation[axis] * (size[axis] - 1) + 1) < -1,
  );
  if (mode.startsWith('SAME') && isSkipped)
    throw site.refuse('its auto_pad skips more than one row or column, where libraries differ');
  if (mode === 'SAME_UPPER') return [same(0), same(1)];
  if (mode === 'SAME_LOWER') return [same(0).reverse() as [number, number], same(1).reverse() as [number, number]];
  if (mode !== 'NOTSET' && mode !== 'VALID') throw site.refuse(`its auto_pad is ${mode}`);
  const given = mode === 'NOTSET' && pads !== undefined ? pads : [0, 0, 0, 0];
  if (given.length !== 4 || given.some((pad) => pad < 0)) throw site.refuse(`its pads are ${given.join(', ')}`);
  return [
    [given[0]!, given[2]!],
    [given[1]!, given[3]!],
  ];
}

/** Whether windows reach out of the image as `same` has it. */
export const isSame = ({ shape }: Tensor, { size, strides, dilation }: Window, around: readonly Margin[]): boolean =>
  around.every((margin, axis) => {
    const same = margins(shape[axis + 1]!, size[axis]!, strides[axis]!, 'same', dilation[axis]);
    return margin.join() === same.join();
  });

const isNone = (around: readonly Margin[]): boolean => around.flat().every((pad) => pad === 0);

/** The image with its margins, and how a window is laid over it then. */
export function padded(site: Site, image: Tensor, window: Window, around: [Margin, Margin]) {
  if (isNone(around)) return { image, padding: 'valid' };
  if (isSame(image, window, around)) return { image, padding: 'same' };
  const layer = { className: 'ZeroPadding2D', config: { padding: around } };
  return { image: site.onImage(layer, image, '/pad'), padding: 'valid' };
}

/** What says that a window has both strides and a dilation; null where it has not. */
const together = ({ strides, dilation }: Pick<Window, 'strides' | 'dilation'>) =>
  Math.max(...strides) > 1 && Math.max(...dilation) > 1 ? { dilated_strides: true } : null;

const conv: Operator = (site) => {
  site.takes(3);
  const image = site.image();
  const [channels] = image.shape as [number];
  const kernel = site.weight(1);
  const [filters = 0, ofGroup = 0, rows = 0, columns = 0] = kernel.shape;
  if (kernel.shape.length !== 4) throw site.refuse(`its weight ${kernel.name} has ${kernel.shape.length} axes, not 4`);
  const size = site.node.ints('kernel_shape') ?? [rows, columns];
  if (size.join() !== [rows, columns].join())
    throw site.refuse(`its kernel_shape is ${size.join('x')}, that of ${kernel.name} is ${rows}x${columns}`);
  const groups = site.node.int('group', 1);
  if (ofGroup * groups !== channels)
    throw site.refuse(`its weight ${kernel.name} takes ${ofGroup * groups} channels, its input has ${channels}`);
  const window: Window = {
    size: [rows, columns],
    strides: pair(site, 'strides', 1),
    dilation: pair(site, 'dilations', 1),
  };
  const { image: wide, padding } = padded(site, image, window, marginsOf(site, image, window));
  const both = together(window);
  const isDepthwise = groups === channels && channels > 1 && both === null;
  if (isDepthwise && filters % channels !== 0) throw site.refuse(`${filters} filters do not go into ${groups} groups`);
  const times = filters / channels;
  const config = {
    ...(isDepthwise ? { depth_multiplier: times } : { filters, groups }),
    kernel_size: window.size,
    strides: window.strides,
    dilation_rate: window.dilation,
    padding,
    use_bias: site.has(2),
    ...both,
  };
  const shape = isDepthwise ? [channels, times, rows, columns] : kernel.shape;
  const order = ordered(shape, isDepthwise ? [2, 3, 0, 1] : [2, 3, 1, 0]);
  const weights = [
    { name: isDepthwise ? 'depthwise_kernel' : 'kernel', source: { constant: kernel, order } },
    ...biasOf(site, filters),
  ];
  return site.onImage({ className: isDepthwise ? 'DepthwiseConv2D' : 'Conv2D', config, weights }, wide);
};

/** The way back of a convolution, without the rows and columns that its pads take away. */
const convTranspose: Operator = (site) => {
  site.takes(3);
  const image = site.image();
  const kernel = site.weight(1);
  const [channels = 0, ofGroup = 0, rows = 0, columns = 0] = kernel.shape;
  if (kernel.shape.length !== 4 || channels !== image.shape[0])
    throw site.refuse(
      `its weight ${kernel.name} has the shape ${kernel.shape.join('x')}, its input ${image.shape[0]} channels`,
    );
  const size = site.node.ints('kernel_shape') ?? [rows, columns];
  if (size.join() !== [rows, columns].join()) throw site.refuse(`its kernel_shape is ${size.join('x')}`);
  const groups = site.node.int('group', 1);
  const filters = ofGroup * groups;
  const [strides, dilation] = [pair(site, 'strides', 1), pair(site, 'dilations', 1)];
  if (site.node.ints('output_shape') !== undefined) throw site.refuse('it has an output_shape');
  const mode = site.node.text('auto_pad', 'NOTSET');
  if (mode !== 'NOTSET') throw site.refuse(`its auto_pad is ${mode}`);
  const pads = site.node.ints('pads') ?? [0, 0, 0, 0];
  if (pads.length !== 4 || pads.some((pad) => pad < 0)) throw site.refuse(`its pads are ${pads.join(', ')}`);
  const config = {
    filters,
    groups,
    kernel_size: [rows, columns],
    strides,
    dilation_rate: dilation,
    padding: 'valid',
    output_padding: pair(site, 'output_padding', 0),
    use_bias: site.has(2),
    ...together({ strides, dilation }),
  };
  const source = { constant: kernel, order: ordered(kernel.shape, [2, 3, 1, 0]) };
  const layer = {
    className: 'Conv2DTranspose',
    config,
    weights: [{ name: 'kernel', source }, ...biasOf(site, filters)],
  };
  const wide = site.onImage(layer, image);
  const cropping = [
    [pads[0]!, pads[2]!],
    [pads[1]!, pads[3]!],
  ];
  return pads.every((pad) => pad === 0)
    ? wide
    : site.onImage({ className: 'Cropping2D', config: { cropping } }, wide, '/crop');
};

function biasOf(site: Site, filters: number) {
  if (!site.has(2)) return [];
  return [{ name: 'bias', source: { constant: site.weight(2, [filters]), order: ordered([filters], [0]) } }];
}

export const convolutions: Readonly<Record<string, Operator>> = { Conv: conv, ConvTranspose: convTranspose };
