import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { runCalls, WeightTensors } from '../../src/engine/graph.ts';
import { readGraph } from '../../src/models/onnx/graph.ts';
import { operators } from '../../src/models/onnx/operators/operators.ts';
import { votes } from '../../src/models/onnx/operators/votes.ts';
import type { Model } from '../../src/models/net.ts';
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
