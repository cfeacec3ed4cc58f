import { marginsOf, pair, padded, type Window } from './convolution.ts';
import type { Operator } from './site.ts';

const maxPool: Operator = (site) => {
  site.takes(1);
  const image = site.image();
  const window: Window = {
    size: pair(site, 'kernel_shape'),
    strides: pair(site, 'strides', 1),
    dilation: pair(site, 'dilations', 1),
  };
  site.node.must('storage_order', 0);
  site.node.must('ceil_mode', 0);
  const { image: wide, padding } = padded(site, image, window, marginsOf(site, image, window));
  const config = { pool_size: window.size, strides: window.strides, padding };
  return site.onImage({ className: 'MaxPooling2D', config }, wide);
};

const global =
  (className: string): Operator =>
  (site) => {
    site.takes(1);
    return site.onImage({ className, config: { keepdims: true } }, site.image());
  };

export const poolings: Readonly<Record<string, Operator>> = {
  MaxPool: maxPool,
  GlobalAveragePool: global('GlobalAveragePooling2D'),
  GlobalMaxPool: global('GlobalMaxPooling2D'),
};
