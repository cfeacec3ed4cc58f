import { ordered } from '../order.ts';
import { type Margin, marginsOf, pair, type Window } from './convolution.ts';
import type { Operator, Site } from './site.ts';

/** A window of a pooling over an image, and how far it reaches out of it, as is not counted. */
function windowOf(site: Site) {
  site.takes(1);
  const image = site.image();
  const size = pair(site, 'kernel_shape');
  const window: Window = { size, strides: pair(site, 'strides', 1), dilation: pair(site, 'dilations', 1) };
  if (window.dilation.some((step) => step !== 1)) throw site.refuse('it has a dilation');
  const around = marginsOf(site, image, window);
  if (around.flat().some((pad, i) => pad >= size[i >> 1]!)) throw site.refuse('its pads are as wide as its window');
  const isWide = site.node.flag('ceil_mode', false);
  const wide = isWide
    ? around.map((margin, axis) => ceiled(site, image.shape[axis + 1]!, axis, margin, window))
    : around;
  return { image, window, around, wide: wide as [Margin, Margin] };
}

/** The margin with the rows that a last window reaches out by, which begins in the image or before it. */
function ceiled(
  site: Site,
  size: number,
  axis: number,
  [before, after]: Margin,
  { size: of, strides }: Window,
): Margin {
  const [window, stride] = [of[axis]!, strides[axis]!];
  const steps = Math.ceil((size + before + after - window) / stride);
  if (steps * stride >= size + before)
    throw site.refuse('its last window lies outside of the image, where libraries differ');
  return [before, Math.max(after, steps * stride + window - size - before)];
}

const isNone = (around: readonly Margin[]): boolean => around.flat().every((pad) => pad === 0);

const configOf = ({ size, strides }: Window, margins: readonly Margin[]) => ({
  pool_size: size,
  strides,
  padding: 'valid',
  ...(isNone(margins) ? {} : { margins }),
});

const maxPool: Operator = (site) => {
  site.node.must('storage_order', 0);
  const { image, window, wide } = windowOf(site);
  return site.onImage({ className: 'MaxPooling2D', config: configOf(window, wide) }, image);
};

/** Where what stands around the image counts it is zeros. */
const averagePool: Operator = (site) => {
  const counts = site.node.flag('count_include_pad', false);
  const { image, window, around, wide } = windowOf(site);
  if (!counts || isNone(wide))
    return site.onImage({ className: 'AveragePooling2D', config: configOf(window, wide) }, image);
  if (wide.join() !== around.join())
    throw site.refuse('it has both count_include_pad and a ceil_mode that adds a window');
  const zeros = site.onImage({ className: 'ZeroPadding2D', config: { padding: around } }, image, '/pad');
  return site.onImage({ className: 'AveragePooling2D', config: configOf(window, []) }, zeros);
};

const global =
  (className: string): Operator =>
  (site) => {
    site.takes(1);
    return site.onImage({ className: `${className}2D`, config: { keepdims: true } }, site.image());
  };

/** Over rows and columns, or over positions in a row. */
const reduced =
  (className: string): Operator =>
  (site) => {
    site.takes(2);
    site.node.must('noop_with_empty_axes', 0);
    const { shape } = site.tensor();
    const given = site.integers('axes', 1, 18);
    const axes = (given ?? []).map((axis) => site.axis(axis, shape.length)).sort();
    const keeps = site.node.flag('keepdims', true);
    const isImage = shape.length === 3;
    if (axes.join() !== (isImage ? '1,2' : '1')) throw site.refuse('it does not go over all rows and columns');
    const [channels] = shape as [number];
    if (isImage) {
      const answer = site.onImage({ className: `${className}2D`, config: { keepdims: true } }, site.image());
      return keeps ? answer : { ...answer, shape: [channels] };
    }
    const steps = site.wiring.laidOut(site.label, site.tensor(), [1, 0]);
    if (steps === null) throw site.refuse('its input does not have its channels in one place');
    const { id, held } = site.wiring.call(site.label, { className: `${className}1D` }, [steps]);
    return { kind: 'tensor', id, held, shape: keeps ? [channels, 1] : [channels], order: ordered([channels], [0]) };
  };

export const poolings: Readonly<Record<string, Operator>> = {
  MaxPool: maxPool,
  AveragePool: averagePool,
  GlobalAveragePool: global('GlobalAveragePooling'),
  GlobalMaxPool: global('GlobalMaxPooling'),
  ReduceMean: reduced('GlobalAveragePooling'),
  ReduceMax: reduced('GlobalMaxPooling'),
};
