import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import type { Dataset } from '../../src/data/dataset.ts';
import { prunedWeights } from '../../src/defense/pruning/prune.ts';
import { Network } from '../../src/engine/network.ts';
import { splitNet } from '../../src/engine/parts.ts';
import { Shard } from '../../src/engine/shard.ts';
import type { Tally } from '../../src/engine/tally.ts';
import { inputsOf, outputsOf, type Target } from '../../src/defense/pruning/target.ts';
import { layerSpecs } from '../../src/models/layers/allow-list.ts';
import type { Model } from '../../src/models/net.ts';
import { startEngine } from '../support.ts';
import { random, randomNet } from '../random-nets.ts';

const nets = 98;
const images = 24;

beforeAll(startEngine);

test.each(Array.from({ length: nets }, (_, i) => i))(
  'net %i: the cached prefix and constant maps count what the whole pruned net counts',
  async (seed) => {
    const model = randomNet(seed);
    const r = random(1000 + seed);
    const pixels = Float32Array.from({ length: images * 8 * 8 * 3 }, () => 2 * r() - 1);
    const labels = Int32Array.from({ length: images }, () => Math.floor(r() * model.classes));
    const trueLabels = Int32Array.from({ length: images }, () => Math.floor(r() * model.classes));
    const data = {
      count: images,
      imageBytes: 768,
      labels,
      trueLabels,
      images: (start, stop) => pixels.slice(start * 192, stop * 192),
    } satisfies Partial<Dataset> as unknown as Dataset;
    for (const target of [
      outputsOf(model, 'pruned', null),
      outputsOf(model, 'pruned', 'pruned'),
      inputsOf(model, 'classes'),
    ]) {
      const order = Int32Array.from(Array.from({ length: target.cut.channels }, (_, c) => c).sort(() => r() - 0.5));
      const stops = Array.from({ length: target.cut.channels + 1 }, (_, k) => k);
      const network = new Network(splitNet(model, target.cut));
      const tallies = new Shard(network, data).tallies(0, images, order, stops);
      network.dispose();
      expect(tallies).toEqual(wholeNets(model, target, order, pixels, labels, trueLabels));
    }
  },
);

test('the random nets have every layer of the allow-list that Keras has', () => {
  const seen = new Set(
    Array.from({ length: nets }, (_, seed) => randomNet(seed)).flatMap((model) =>
      model.calls.map((call) => call.layer.className),
    ),
  );
  const ofKeras = [...layerSpecs].filter(([, { ofOnnx }]) => ofOnnx !== 'all').map(([name]) => name);
  expect(ofKeras.filter((name) => !seen.has(name))).toEqual([]);
});

test('a run leaves no tensors behind', () => {
  const model = randomNet(3);
  const before = tf.memory().numTensors;
  const network = new Network(splitNet(model, outputsOf(model, 'pruned', null).cut));
  const features = network.features(new Float32Array(5 * 192).fill(0.5), 5);
  network.classes(features, Int32Array.of(0, 4));
  network.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

/** Counts from running every pruned net from its input on, one whole pass per step. */
function wholeNets(
  model: Model,
  target: Target,
  order: Int32Array,
  pixels: Float32Array,
  labels: Int32Array,
  trueLabels: Int32Array,
): Tally[] {
  const all = Int32Array.from(labels.keys());
  const answers = [...Array(order.length + 1).keys()].map((k) => {
    const edits = prunedWeights(target, order.subarray(0, k));
    const calls = model.calls.map((call) => ({
      ...call,
      layer: {
        ...call.layer,
        weights: call.layer.weights.map((w) => ({ ...w, values: edits.get(w.path) ?? w.values })),
      },
    }));
    const network = new Network(splitNet({ ...model, calls }, null));
    const classes = network.classes(network.features(pixels, labels.length), all);
    network.dispose();
    return classes;
  });
  const original = answers[0]!;
  return answers.map((pruned) => ({
    hits: pruned.filter((answer, i) => answer === labels[i]).length,
    goodnetHits: pruned.filter((answer, i) => answer === labels[i] && original[i] === answer).length,
    rejected: pruned.filter((answer, i) => answer !== original[i]).length,
    robust: pruned.filter((answer, i) => answer === trueLabels[i]).length,
    goodnetRobust: pruned.filter((answer, i) => answer === trueLabels[i] && original[i] === answer).length,
  }));
}
