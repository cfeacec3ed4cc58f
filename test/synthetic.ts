import { writeFileSync } from 'node:fs';
import type { StoredArray } from '../src/data/stored.ts';
import { createDataFile } from '../src/data/write-data.ts';
import { type GroupContent } from '../src/formats/write-hdf5.ts';
import { random } from './random-nets.ts';
import { hdf5Of } from './written.ts';

/** Sizes of a made-up net: a convolution of `channels`, pooling, and `classes` scores. */
export interface NetSize {
  /** Rows and columns of an image, which has one channel. */
  side: number;
  channels: number;
  classes: number;
  stride: number;
  /** The number format that its layers declare. */
  dtype?: string;
  /** The activation of its convolution. */
  activation?: string;
}

/** Writes a Keras .h5 net of this size with random weights from a seed; `conv` is what its convolution is called. */
export async function writeNet(
  file: string,
  { side, channels, classes, stride, dtype = 'float32', activation = 'relu' }: NetSize,
  seed: number,
  conv = 'conv',
): Promise<void> {
  const r = random(seed);
  const values = (...shape: number[]) => ({
    shape,
    values: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => 2 * r() - 1),
  });
  const layer = (name: string, kernel: number[]): GroupContent => ({
    attributes: { weight_names: [`${name}/kernel:0`, `${name}/bias:0`] },
    groups: {},
    arrays: { [`${name}/kernel:0`]: values(...kernel), [`${name}/bias:0`]: values(kernel.at(-1)!) },
  });
  const none: GroupContent = { attributes: { weight_names: [] }, groups: {}, arrays: {} };
  const layers = [
    {
      class_name: 'Conv2D',
      config: {
        name: conv,
        dtype,
        batch_input_shape: [null, side, side, 1],
        filters: channels,
        kernel_size: [3, 3],
        strides: [stride, stride],
        padding: 'same',
        activation,
        use_bias: true,
      },
    },
    { class_name: 'GlobalAveragePooling2D', config: { name: 'pool' } },
    { class_name: 'Dense', config: { name: 'classes', dtype, units: classes, activation: 'softmax', use_bias: true } },
  ];
  const content = await hdf5Of({
    attributes: {
      keras_version: '2.7.0',
      backend: 'tensorflow',
      model_config: JSON.stringify({ class_name: 'Sequential', config: { name: 'net', layers } }),
    },
    arrays: {},
    groups: {
      model_weights: {
        attributes: { keras_version: '2.7.0', backend: 'tensorflow', layer_names: [conv, 'pool', 'classes'] },
        arrays: {},
        groups: {
          [conv]: layer(conv, [3, 3, 1, channels]),
          pool: none,
          classes: layer('classes', [channels, classes]),
        },
      },
    },
  });
  writeFileSync(file, content);
}

/** Writes uint8 images of several classes, a made-up pattern for each, or of the label `target` alone. They are made as they are written. */
export async function writeImages(
  file: string,
  {
    count,
    side,
    channels = 1,
    classes,
    target,
  }: { count: number; side: number; channels?: number; classes: number; target?: number },
): Promise<void> {
  const data: StoredArray = {
    shape: [count, side, side, channels],
    dtype: 'uint8',
    rowBytes: side * side * channels,
    rows: (start, stop) =>
      Uint8Array.from(
        { length: (stop - start) * side * side * channels },
        (_, i) =>
          ((start + Math.floor(i / (side * side * channels))) * 37 +
            Math.floor((i % (side * side * channels)) / side) * 11) &
          255,
      ),
  };
  const label: StoredArray = {
    shape: [count],
    dtype: 'int32',
    rowBytes: 4,
    rows: (start, stop) => Int32Array.from({ length: stop - start }, (_, i) => target ?? (start + i) % classes),
  };
  writeFileSync(file, await createDataFile({ data, label }, {}));
}
