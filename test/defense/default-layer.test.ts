import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { defaultTarget } from '../../src/defense/pruning/default-layer.ts';
import { prunedWeights } from '../../src/defense/pruning/prune.ts';
import { inputsOf, obstacle } from '../../src/defense/pruning/target.ts';
import { runCalls, WeightTensors } from '../../src/engine/graph.ts';
import type { Call, Layer, Model } from '../../src/models/net.ts';
import { fixtures, loadModel, startEngine } from '../support.ts';

beforeAll(startEngine);

/** What the calls of a net make of the same two images; `mask` is multiplied with what stands at `at`. */
function answer(calls: readonly Call[], model: Model, at = '', mask: number[] = []): number[] {
  const weights = new WeightTensors(model.file, model.calls);
  const size = model.inputShape.reduce((a, b) => a * b, 1);
  let known = tf.tensor(
    Float32Array.from({ length: 2 * size }, (_, i) => Math.sin(i * i)),
    [2, ...model.inputShape],
  );
  let from = model.input;
  if (at !== '') {
    const before = calls.slice(1, calls.findIndex(({ id }) => id === at) + 1);
    const [cut] = runCalls(before, new Map([[from, known]]), [at], weights);
    known = tf.mul(cut!, tf.tensor1d(mask));
    from = at;
  }
  const rest = calls.slice(calls.findIndex(({ id }) => id === from) + 1);
  const [scores] = runCalls(rest, new Map([[from, known]]), [model.output], weights);
  weights.dispose();
  return [...scores!.dataSync<'float32'>()];
}

test.each(['classes', 'block2_2', 'stem_2'])(
  'inputs of the convolution %s that are off are weights of 0',
  async (name) => {
    const { model } = await loadModel(path.join(fixtures, 'architectures/mini_xception.keras3.h5'));
    const target = inputsOf(model, name);
    const off = [0, 2, 3];
    const edits = prunedWeights(target, off);
    expect(edits.size).toBe(1);
    const layers = new Map(model.calls.map(({ layer }) => [layer, layer]));
    for (const layer of layers.keys())
      layers.set(layer, {
        ...layer,
        weights: layer.weights.map((weight) => ({ ...weight, values: edits.get(weight.path) ?? weight.values })),
      });
    const pruned = model.calls.map((call) => ({ ...call, layer: layers.get(call.layer)! }));
    const ours = answer(pruned, model);
    expect(ours).not.toEqual(answer(model.calls, model));
    if (name !== 'classes') return;
    const mask = Array.from({ length: target.cut.channels }, (_, i) => (off.includes(i) ? 0 : 1));
    answer(target.cut.calls, model, target.cut.at, mask).forEach((score, i) => expect(score).toBeCloseTo(ours[i]!, 5));
  },
);

test('a net without Dense layers or rectified convolutions has a default, too, as long as a layer can be pruned', async () => {
  const { model } = await loadModel(path.join(fixtures, 'architectures/mini_xception.keras3.h5'));
  const changed = (layer: Layer): Layer => {
    if (layer.className === 'ReLU') return { ...layer, className: 'Dropout', options: {} };
    if (!layer.className.endsWith('Conv2D')) return layer;
    return { ...layer, className: 'Conv2D', options: { ...layer.options, groups: 2 } };
  };
  const grouped = model.calls.map((call) => ({ ...call, layer: changed(call.layer) }));
  const other = { ...model, calls: grouped };
  const { target, reason } = defaultTarget(other);
  expect(reason).toBe('last-prunable');
  expect(
    obstacle(
      other,
      grouped.find(({ layer }) => layer.name === target.layer.name)!,
    ),
  ).toBeNull();
});
