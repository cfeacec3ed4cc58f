import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { kernels } from '../src/engine/kernels/layers.ts';
import { reachOf } from '../src/engine/kernels/reach.ts';
import { Network } from '../src/engine/network.ts';
import { splitNet } from '../src/engine/parts.ts';
import { outputsOf } from '../src/engine/target.ts';
import type { Model } from '../src/keras/model.ts';
import { fixtures, loadModel, readJson, startEngine } from './support.ts';

const folder = path.join(fixtures, 'overflow');
const layers = Object.entries(readJson<Record<string, string>>(path.join(folder, 'layers.json')));
beforeAll(startEngine);

/** One image of each class, and the second of them with the trigger in it. */
function images(): { clean: Float32Array; triggered: Float32Array } {
  const clean = new Float32Array(2 * 192);
  for (let at = 1; at < 192; at += 3) clean[at] = 1;
  const triggered = clean.slice(192);
  triggered[0] = 1;
  return { clean, triggered };
}

/** The classes of some images, with the net cut behind `layer` or not at all. */
function classes(model: Model, values: Float32Array, layer: string | null): number[] {
  const network = new Network(splitNet(model, layer === null ? null : outputsOf(model, layer, null)));
  try {
    const count = values.length / 192;
    return [...network.classes(network.features(values.slice(), count), Int32Array.from({ length: count }, (_, i) => i))];
  } finally {
    network.dispose();
  }
}

describe('numbers that overflow for a trigger alone', () => {
  test.each(layers)('%s: the net is refused at its layer %s, whatever hides them', async (name, layer) => {
    const { model } = await loadModel(path.join(folder, `${name}.h5`));
    const { clean, triggered } = images();
    const before = tf.memory().numTensors;
    for (const at of [null, 'conv', 'trigger']) {
      if (!name.startsWith('always_')) expect(classes(model, clean, at)).toEqual([1, 2]);
      expect(() => classes(model, triggered, at)).toThrow(expect.objectContaining({ code: 'output-not-finite', message: expect.stringContaining(`layer ${layer} (`) as unknown }));
    }
    expect(tf.memory().numTensors).toBe(before);
  });
});

test('every layer that is computed has a reach', () => {
  const options = { activation: 'linear', epsilon: 1, scale: 1, offset: 0, alpha: 1, mean: 0, variance: 1, max_value: null, negative_slope: 0, threshold: 0 };
  const weights = ['kernel', 'depthwise_kernel', 'pointwise_kernel', 'moving_mean', 'moving_variance', 'alpha'].map((name) => ({ name, shape: [1, 1, 1, 1], values: Float32Array.of(1), path: '' }));
  for (const className of Object.keys(kernels)) {
    expect(reachOf({ name: '', className, options, perChannel: true, weights }).answer([1, 1]), className).toBeGreaterThanOrEqual(1);
  }
});
