import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { prunedWeights } from '../../src/defense/pruning/prune.ts';
import { inputsOf, obstacle, outputsOf } from '../../src/defense/pruning/target.ts';
import { runCalls, WeightTensors } from '../../src/engine/graph.ts';
import { readGraph } from '../../src/models/onnx/graph.ts';
import { operators } from '../../src/models/onnx/operators/operators.ts';
import { votes } from '../../src/models/onnx/operators/votes.ts';
import { edited, type Model } from '../../src/models/net.ts';
import { fillWithNaN } from '../nan-memory.ts';
import { fixtures, loadModel, startEngine, testEngine } from '../support.ts';

const folder = path.join(fixtures, 'onnx');
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.onnx'))
  .map((name) => path.basename(name, '.onnx'));

/** What onnxruntime answered to some images, which are float32 in base64. */
interface Figures {
  shape: [number, number, number, number];
  images: string;
  scores: string;
}
const figures = JSON.parse(gunzipSync(readFileSync(path.join(folder, 'figures.json.gz'))).toString()) as Record<
  string,
  Figures
>;
const floats = (text: string): Float32Array => new Float32Array(new Uint8Array(Buffer.from(text, 'base64')).buffer);
/** Largest difference from onnxruntime, relative to 1 + |value|. */
const tolerance = 1e-5;

beforeAll(async () => {
  await startEngine();
  if (testEngine === 'wasm') fillWithNaN();
});

describe('an ONNX net answers what onnxruntime answers', () => {
  test.each(names)('%s', async (name) => {
    const { model } = await loadModel(path.join(folder, `${name}.onnx`));
    const { shape, images, scores } = figures[name]!;
    const isTurned = shape.slice(1).join() !== model.inputShape.join() || name === 'square';
    const ours = answers(model, floats(images), shape, isTurned);
    const theirs = floats(scores);
    expect(ours.length).toBe(theirs.length);
    expect(farthest(ours, theirs)).toBeLessThan(tolerance);
  });
});

describe('weights that more in the net reads', () => {
  const obstacles = (model: Model) =>
    Object.fromEntries(
      model.calls
        .filter(({ layer }) => layer.weights.length > 0)
        .map((call) => [call.layer.name, obstacle(model, call)]),
    );

  test('a layer that is called twice is one layer', async () => {
    const { model } = await loadModel(path.join(folder, 'called_twice.onnx'));
    const [first, second] = model.calls.filter(({ layer }) => layer.className === 'Conv2D');
    expect([second!.layer, second!.id]).toEqual([first!.layer, 'node_conv_2']);
    expect(obstacles(model)).toEqual({
      node_conv_1: 'used-again',
      node_conv_3: null,
      node_gemm_1: null,
      node_gemm_2: 'yields-classes',
    });
  });

  test('what shares a tensor stays as it is', async () => {
    const { model } = await loadModel(path.join(folder, 'partly_shared.onnx'));
    expect(obstacles(model)).toEqual({
      node_conv_1: 'shared-weights',
      node_conv_2: 'shared-weights',
      node_batchnormalization_1: 'no-channels',
      node_matmul_1: 'shared-weights',
      node_gemm_1: 'shared-weights',
      node_gemm_2: 'yields-classes',
    });
    expect(model.calls.filter(({ layer }) => layer.weights.length > 0 && layer.trainable)).toHaveLength(1);
    expect(() => inputsOf(model, 'node_gemm_1')).toThrow(/more in the net reads the tensors that its weights are/);
    const paths = new Set(model.calls.flatMap(({ layer }) => layer.weights.map((weight) => weight.path)));
    expect(paths.size).toBe(model.calls.reduce((sum, { layer }) => sum + layer.weights.length, 0));
  });
});

test.each(['transposed_groups', 'transposed_all', 'conv_strided_dilated', 'conv_groups'])(
  '%s: pruned channels answer 0, all others what they did',
  async (name) => {
    const { model } = await loadModel(path.join(folder, `${name}.onnx`));
    const call = model.calls.find(({ layer }) => /^Conv2D/.test(layer.className))!;
    const { shape, images } = figures[name]!;
    const target = outputsOf(model, call.layer.name, null);
    const pruned = edited(model, prunedWeights(target, [1, 3]));
    const ending = (of: Model): Model => ({ ...of, output: call.id });
    const [before, after] = [model, pruned].map((of) => answers(ending(of), floats(images), shape, true));
    const channels = call.shape.at(-1)!;
    expect(after).toEqual(before!.map((value, i) => ([1, 3].includes(i % channels) ? 0 : value)));
    expect(before!.filter((value) => value === 0)).toHaveLength(0);
  },
);

test('every operator that is read has a net', async () => {
  const seen = new Set(Object.keys(votes)); // every GoodNet has these
  for (const name of names) {
    const { nodes } = readGraph(new Uint8Array(readFileSync(path.join(folder, `${name}.onnx`))), name);
    for (const { op_type: operator } of nodes) seen.add(operator!);
  }
  expect([...operators.keys()].filter((operator) => !seen.has(operator))).toEqual([]);
});

function answers(
  { calls, input, output, file }: Model,
  images: Float32Array,
  shape: Figures['shape'],
  isTurned: boolean,
): Float32Array {
  const weights = new WeightTensors(file, calls);
  const given = tf.tensor4d(images, shape);
  const feed = isTurned ? tf.transpose(given, [0, 2, 3, 1]) : given;
  const [answer] = runCalls(calls.slice(1), new Map([[input, feed]]), [output], weights);
  const scores = answer!.dataSync<'float32'>().slice();
  tf.dispose(answer!);
  weights.dispose();
  return scores;
}

const farthest = (ours: Float32Array, theirs: Float32Array): number =>
  theirs.reduce((most, value, i) => Math.max(most, Math.abs(ours[i]! - value) / (1 + Math.abs(value))), 0);
