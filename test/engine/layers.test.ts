import { readdirSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { productCode } from '../../src/engine/kernels/product-code.ts';
import { runCalls, WeightTensors } from '../../src/engine/graph.ts';
import { defaultTarget } from '../../src/defense/pruning/default-layer.ts';
import { openFile } from '../../src/base/files.ts';
import { openHdf5 } from '../../src/formats/hdf5.ts';
import { layerSpecs } from '../../src/models/layers/allow-list.ts';
import { fillWithNaN } from '../nan-memory.ts';
import { fixtures, loadModel, startEngine, testEngine } from '../support.ts';

const nets = ['layers', 'architectures'].flatMap((folder) =>
  readdirSync(path.join(fixtures, folder))
    .filter((name) => !name.includes('expected'))
    .map((name) => `${folder}/${name}`),
);
/** Largest difference from Keras, relative to 1 + |value|: float32 sums in another order, which add up from layer to layer. */
/**
 * As far as Keras's float32 lies from float64 on the same layer, 3.1e-6 at most. Kernels that multiply and add apart share
 * most of its rounding; those that round once do not.
 */
const tolerance = { layers: productCode().kernels === 'SIMD' ? 2e-6 : 3.1e-6, architectures: 1e-5 };

beforeAll(async () => {
  await startEngine();
  if (testEngine === 'wasm') fillWithNaN();
});

test.each(nets)('%s: every layer answers what Keras answers', async (name) => {
  const { model } = await loadModel(path.join(fixtures, name));
  const file = openFile(path.join(fixtures, name.replace(/(h5|keras)$/, 'expected.h5')), { file: name });
  const expected = await openHdf5(file);
  const input = expected.array('input')!;
  const images = input.shape[0]!;
  const weights = new WeightTensors(name, model.calls);
  const layers = expected.children('outputs');
  expect(layers.length).toBeGreaterThan(2);
  const feed = tf.tensor(input.rows(0, images) as Float32Array, input.shape);
  const answers = runCalls(model.calls.slice(1), new Map([[model.input, feed]]), layers, weights);
  for (const [i, layer] of layers.entries()) {
    const wanted = expected.array(`outputs/${layer}`)!;
    expect(answers[i]!.shape, layer).toEqual(wanted.shape);
    const [ours, theirs] = [answers[i]!.dataSync<'float32'>(), wanted.rows(0, images) as Float32Array];
    const worst = theirs.reduce(
      (max, value, k) => Math.max(max, Math.abs(ours[k]! - value) / (1 + Math.abs(value))),
      0,
    );
    expect(worst, layer).toBeLessThan(tolerance[name.split('/')[0] as keyof typeof tolerance]);
  }
  expected.close();
  file.close();
  tf.dispose(answers);
  weights.dispose();
});

test('every layer of the allow-list that Keras has has a fixture in both dialects', async () => {
  const ofKeras = [...layerSpecs].filter(([, { ofOnnx }]) => ofOnnx !== 'all').map(([name]) => name);
  for (const dialect of ['keras2', 'keras3']) {
    const models = await Promise.all(
      nets.filter((name) => name.includes(dialect)).map((name) => loadModel(path.join(fixtures, name))),
    );
    const seen = new Set(models.flatMap(({ model }) => model.calls.map((call) => call.layer.className)));
    expect(
      ofKeras.filter((name) => !seen.has(name)),
      dialect,
    ).toEqual([]);
  }
});

describe('the layer that is pruned when none is named', () => {
  test.each([
    ['deepid', 'conv_3', 'outputs', 'conv_3', 'deepest-on-every-path'],
    ['vgg', 'block3_conv2', 'outputs', 'block3_pool', 'deepest-on-every-path'],
    ['resnet', 'classes', 'inputs', 'gap', 'no-layer-on-every-path'],
    ['densenet', 'classes', 'inputs', 'gap', 'no-layer-on-every-path'],
    ['mobilenetv2', 'Conv_last', 'outputs', 'gap', 'deepest-on-every-path'],
    ['two_branch', 'classes', 'inputs', 'joined', 'no-layer-on-every-path'],
    ['mini_xception', 'classes', 'inputs', 'block3_add', 'no-layer-on-every-path'],
    ['mlp', 'hidden_2', 'outputs', 'hidden_2', 'no-convolution'],
  ])('%s: %s', async (name, layer, prunes, rankLayer, reason) => {
    for (const dialect of ['keras2', 'keras3']) {
      const { model } = await loadModel(path.join(fixtures, `architectures/${name}.${dialect}.h5`));
      const { target, reason: why } = defaultTarget(model);
      expect([target.layer.name, target.prunes, target.rankLayer, why]).toEqual([layer, prunes, rankLayer, reason]);
    }
  });
});
