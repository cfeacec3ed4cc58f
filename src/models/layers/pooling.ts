import { Type } from '@sinclair/typebox';
import { limits } from '../../base/limits.ts';
import {
  always,
  flag,
  image,
  layer,
  type LayerSpec,
  type Margin,
  margin,
  options,
  padding,
  pair,
  pairs,
  slide,
} from './spec.ts';

/** Checks how many positions one answer is the mean or maximum of. */
function checkPositions(positions: number): void {
  if (positions > limits.pooled)
    throw new Error(`it pools ${positions} positions into one, at most ${limits.pooled} are computed`);
}

/** Rows and columns of an image with what stands around it. */
const grown = ([rows, columns]: readonly number[], [down, across]: Margin): [number, number] => [
  rows! + down[0] + down[1],
  columns! + across[0] + across[1],
];

/** What stands around the image is no part of any window: of a `same` one, or of one with `margins`. */
const pool: LayerSpec = layer({
  options: options({ pool_size: pair, strides: pair, padding, margins: Type.Optional(margin) }),
  ofOnnx: ['margins'],
  canonical: (config) =>
    pairs({ ...config, strides: config['strides'] ?? config['pool_size'] }, 'pool_size', 'strides'),
  output: (o, inputs) => {
    checkPositions(o.pool_size[0] * o.pool_size[1]);
    const size = o.margins === undefined ? image(inputs) : grown(image(inputs), o.margins);
    return [...slide(o, o.pool_size, size), image(inputs)[2]];
  },
  perChannel: always,
});

const globalPool: LayerSpec = layer({
  options: options({ keepdims: flag(false) }),
  output: (o, inputs) => {
    const [rows, columns, channels] = image(inputs);
    checkPositions(rows * columns);
    return o.keepdims ? [1, 1, channels] : [channels];
  },
  perChannel: always,
});

const globalPool1D: LayerSpec = layer({
  options: options({ keepdims: flag(false) }),
  output: (o, [input]) => {
    if (input!.length !== 2) throw new Error(`its input has ${input!.length} axes, not steps and channels`);
    checkPositions(input![0]!);
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
