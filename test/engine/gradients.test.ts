import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { backward } from '../../src/engine/kernels/backward.ts';
import { type Gradients, Passes } from '../../src/engine/training/passes.ts';
import { layerSpecs } from '../../src/models/layers/allow-list.ts';
import type { Model, Weight } from '../../src/models/net.ts';
import { fillWithNaN } from '../nan-memory.ts';
import { random } from '../random-nets.ts';
import { fixtures, loadModel, startEngine, testEngine } from '../support.ts';

/** For each layer: the gradients by the images and by weights of some layers, as make_gradients.py keeps them. */
interface Expected {
  seed: number;
  /** Pixels lie between it and its negative. */
  scale: number;
  layers: Record<string, { images: number[]; weights: Record<string, number[][]> }>;
}

const expected = ['keras2', 'keras3'].flatMap((dialect) => {
  const bytes = gunzipSync(readFileSync(path.join(fixtures, `gradients.${dialect}.json.gz`)));
  return Object.entries(JSON.parse(bytes.toString()) as Record<string, Expected>);
});
const images = 2;
/** Largest difference from Keras, relative to the gradient's largest value. */
const tolerance = 1e-5;

const signed = (count: number, draw: () => number): Float32Array =>
  Float32Array.from({ length: count }, () => 2 * draw() - 1);

/** Layers that Keras keeps as one with a layer inside are several here: `conv/activation`. */
const isPart = (name: string, layer: string): boolean => name === layer || name.startsWith(`${layer}/`);

beforeAll(async () => {
  await startEngine();
  if (testEngine === 'wasm') fillWithNaN();
});

describe.runIf(testEngine === 'wasm')('gradients are those of Keras', () => {
  test.each(expected)('%s', async (name, { seed, scale, layers }) => {
    const { model } = await loadModel(path.join(fixtures, name));
    const x = signed(images * model.inputShape.reduce((a, b) => a * b), random(seed)).map((value) => scale * value);
    const draw = random(seed + 1);
    const found: [string, number][] = [];
    for (const [layer, wanted] of Object.entries(layers)) {
      const { shape } = model.calls.find(({ id }) => id === layer)!;
      const slopes = signed(images * shape.reduce((a, b) => a * b, 1), draw);
      const passes = new Passes(model, [layer], { weights: true, input: true });
      const gradients = passes.run(x, images, () => [slopes]);
      const hold = (what: string, gradient: tf.Tensor | undefined, kept: number[]): void => {
        const difference = distance(gradient!.dataSync<'float32'>(), kept);
        if (!(difference < tolerance)) found.push([`${layer} by ${what}`, difference]);
      };
      hold('images', gradients.input!, wanted.images);
      for (const [owner, kept] of Object.entries(wanted.weights)) {
        const own = trainedOf(model, passes, owner);
        expect(own.length, owner).toBe(kept.length);
        own.forEach(({ name: weight, path: at }, i) => hold(`${owner} ${weight}`, gradients.weights.get(at), kept[i]!));
      }
      release(gradients);
      passes.dispose();
    }
    expect(found).toEqual([]);
    expect(tf.memory().numTensors).toBe(0);
  });
});

function release({ weights, input }: Gradients): void {
  tf.dispose([...weights.values(), ...(input === null ? [] : [input])]);
}

/** The trained weights of a layer and its parts. */
function trainedOf({ calls }: Model, passes: Passes, owner: string): readonly Weight[] {
  const own = calls.filter(({ layer }) => isPart(layer.name, owner)).flatMap(({ layer }) => layer.weights);
  return passes.trained.filter((weight) => own.some(({ path: at }) => at === weight.path));
}

/** How far a gradient is from the numbers kept of Keras's: its largest magnitude, its sum, entries evenly spread. */
function distance(gradient: Float32Array, [largest, sum, ...entries]: number[]): number {
  const { length } = gradient;
  const ours = entries.map(
    (_, i) => gradient[length > entries.length ? Math.floor((i * length) / entries.length) : i]!,
  );
  const furthest = Math.max(...entries.map((entry, i) => Math.abs(entry - ours[i]!)));
  const all = Math.abs(sum! - gradient.reduce((a, b) => a + b, 0)) / Math.sqrt(length);
  const most = Math.abs(largest! - gradient.reduce((a, b) => Math.max(a, Math.abs(b)), 0));
  const differs = Math.max(furthest, all, most);
  return differs === 0 ? 0 : differs / largest!;
}

test('every layer of the allow-list has a way back', () => {
  const inParts = ['InputLayer', 'SeparableConv2D'];
  expect([...layerSpecs.keys()].filter((name) => backward[name] === undefined && !inParts.includes(name))).toEqual([]);
});

test.runIf(testEngine === 'wasm')(
  'a layer whose answer has no slope is refused by name, and so is what leads through it',
  async () => {
    const { model } = await loadModel(path.join(fixtures, 'layers/bounds.keras3.h5'));
    for (const end of ['capped', model.output])
      expect(() => new Passes(model, [end], { weights: true, input: true })).toThrow(
        'layer capped (ReLU) gives training nothing to go by: its answer has no slope anywhere',
      );
    new Passes(model, ['capped'], { weights: true, input: false }).dispose();
  },
);
