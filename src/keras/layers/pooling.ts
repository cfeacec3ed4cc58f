import { always, flag, image, layer, type LayerSpec, options, padding, pair, pairs, windows } from './spec.ts';

const pool: LayerSpec = layer({
  options: options({ pool_size: pair, strides: pair, padding }),
  canonical: (config) => pairs({ ...config, strides: config['strides'] ?? config['pool_size'] }, 'pool_size', 'strides'),
  output: (o, inputs) => {
    const [rows, columns, channels] = image(inputs);
    return [windows(rows, o.pool_size[0], o.strides[0], o.padding), windows(columns, o.pool_size[1], o.strides[1], o.padding), channels];
  },
  perChannel: always,
});

const globalPool: LayerSpec = layer({
  options: options({ keepdims: flag(false) }),
  output: (o, inputs) => (o.keepdims ? [1, 1, image(inputs)[2]] : [image(inputs)[2]]),
  perChannel: always,
});

const globalPool1D: LayerSpec = layer({
  options: options({ keepdims: flag(false) }),
  output: (o, [input]) => {
    if (input!.length !== 2) throw new Error(`its input has ${input!.length} axes, not steps and channels`);
    return o.keepdims ? [1, input![1]!] : [input![1]!];
  },
  perChannel: always,
});

export const poolingLayers: Record<string, LayerSpec> = {
  MaxPooling2D: pool,
  AveragePooling2D: pool,
  GlobalMaxPooling2D: globalPool,
  GlobalAveragePooling2D: globalPool,
  GlobalMaxPooling1D: globalPool1D,
  GlobalAveragePooling1D: globalPool1D,
};
