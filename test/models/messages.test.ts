import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { defaultBounds } from '../../src/base/limits.ts';
import { openModel } from '../../src/models/find-models.ts';
import { readModel } from '../../src/models/formats.ts';
import { assets } from '../support.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { hdf5Of } from '../written.ts';

type Json = Record<string, unknown>;

const input = { class_name: 'InputLayer', config: { name: 'in', batch_input_shape: [null, 4, 4, 1] } };
const conv = {
  class_name: 'Conv2D',
  config: { name: 'conv', filters: 3, kernel_size: [4, 4], strides: [1, 1], padding: 'valid' },
};
const flat = { class_name: 'Flatten', config: { name: 'flat' } };
const dense = { class_name: 'Dense', config: { name: 'classes', units: 3 } };
const net = (...layers: Json[]): Json => ({ class_name: 'Sequential', config: { name: 'net', layers } });

interface Written {
  version?: string;
  /** The backend that the root names, and the one beside the weights. */
  backend?: string;
  inside?: string;
}

/** Reads a net of Keras 2 with weights of the layers that have some. */
async function read(model: Json, weights: Record<string, number[]>, written: Written = {}) {
  const { version = '2.2.4', backend = 'tensorflow', inside = backend } = written;
  const group = ([name, kernel]: [string, number[]]) => [
    name,
    {
      attributes: { weight_names: [`${name}/kernel:0`, `${name}/bias:0`] },
      groups: {},
      arrays: {
        [`${name}/kernel:0`]: { shape: kernel, values: new Float32Array(kernel.reduce((a, b) => a * b, 1)).fill(0.5) },
        [`${name}/bias:0`]: { shape: [3], values: new Float32Array(3) },
      },
    },
  ];
  const bytes = await hdf5Of({
    attributes: { model_config: JSON.stringify(model), keras_version: version, backend },
    arrays: {},
    groups: {
      model_weights: {
        attributes: { layer_names: Object.keys(weights), keras_version: version, ...(inside && { backend: inside }) },
        arrays: {},
        groups: Object.fromEntries(Object.entries(weights).map(group)) as never,
      },
    },
  });
  return readModel({ name: 'net.h5', bytes, sha256: '', architecture: null, memoryBytes: defaultBounds.memoryBytes });
}

describe('a file of the Theano backend', () => {
  const convolution = { conv: [4, 4, 1, 3] };
  test.each<Written>([{ backend: 'theano' }, { inside: 'theano' }, { backend: 'theano', inside: '' }])(
    'with a convolution is refused: %j',
    (written) =>
      expect(read(net(input, conv, flat), convolution, written)).rejects.toThrow(
        /saved by Keras on Theano, which keeps kernels turned: those of layer conv .*convert_all_kernels_in_model/,
      ),
  );
  test('without one is read', async () => {
    const { model } = await read(net(input, flat, dense), { classes: [16, 3] }, { backend: 'theano' });
    expect(model.classes).toBe(3);
  });
});

describe('a file that goodnet does not read says what to do', () => {
  const old = { class_name: 'Convolution2D', config: { name: 'conv', nb_filter: 3, nb_row: 4, nb_col: 4 } };
  test.each<[string, Json, Written, RegExp]>([
    ['Keras 1', net(input, conv, flat), { version: '1.2.2' }, /is a model of Keras 1 .*; load it with Keras 2.2/],
    ['its options', net(input, old, flat), {}, /is a model of Keras 1 \(layer conv has `nb_filter`\)/],
    [
      'a net trained to be quantized',
      net(input, { class_name: 'QuantizeWrapperV2', config: { name: 'quant_conv' } }, flat),
      {},
      /layer quant_conv is quantized \(QuantizeWrapperV2\).*; save the float model that it was made of/,
    ],
    [
      'an int8 net',
      net(input, { ...conv, config: { ...conv.config, dtype: 'int8_from_float32' } }, flat),
      {},
      /layer conv is quantized \(int8_from_float32\)/,
    ],
  ])('%s', (_, model, written, reason) => expect(read(model, { conv: [4, 4, 1, 3] }, written)).rejects.toThrow(reason));

  test.each([
    ['\x93NUMPY', /is a lone array of numpy \(.npy\); store images and labels in one file/],
    ['<!DOCTYPE html>', /is a web page, not the file itself; download the file behind it/],
    ['{"class_name": "Sequential"}', /is a text in JSON; .* goes to `architecture`/],
    ['\x80\x04\x95', /is a pickle, .*; save the model in Keras/],
    ['\x1c\0\0\0TFL3', /is a TensorFlow Lite model.*; name the Keras model that it was made of/],
  ])('%j', (head, reason) => {
    const bytes = new Uint8Array(64);
    bytes.set(Buffer.from(head, 'latin1'));
    const file = { name: 'net.h5', bytes, sha256: '', architecture: null, memoryBytes: defaultBounds.memoryBytes };
    return expect(readModel(file)).rejects.toThrow(reason);
  });

  test.each(['net.pt.keras', 'net.h5'])('a checkpoint of PyTorch, called %s', (name) => {
    const bytes = zipSync({ 'archive/data.pkl': new Uint8Array(3), 'archive/version': new Uint8Array(1) });
    const file = { name, bytes, sha256: '', architecture: null, memoryBytes: defaultBounds.memoryBytes };
    return expect(readModel(file)).rejects.toThrow(/is a checkpoint of PyTorch; export the net as ONNX/);
  });

  test('a folder, as SavedModel is', async () => {
    const cwd = temporaryFolder();
    mkdirSync(path.join(cwd, 'saved/variables'), { recursive: true });
    const config = { 'max-file-bytes': 1e9, 'max-memory-bytes': 1e9 } as never;
    await expect(openModel('saved', config, { cwd, assets })).rejects.toThrow(
      /saved: is a folder, as TensorFlow's SavedModel, not a file; load it with tf-keras/,
    );
  });
});
