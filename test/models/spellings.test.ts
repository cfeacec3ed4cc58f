import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { openFile } from '../../src/base/files.ts';
import { runCalls, WeightTensors } from '../../src/engine/graph.ts';
import { openHdf5 } from '../../src/formats/hdf5.ts';
import { writePruned } from '../../src/models/keras/write-model.ts';
import { readModel } from '../../src/models/formats.ts';
import type { Model } from '../../src/models/net.ts';
import { defaultBounds } from '../../src/base/limits.ts';
import { fixtures, loadModel, startEngine } from '../support.ts';
import { goodnetBytes } from '../written.ts';

const folder = path.join(fixtures, 'spellings');
const files = readdirSync(folder).filter((name) => !name.includes('expected'));

beforeAll(startEngine);

function answers(model: Model, images: Float32Array, count: number): number[] {
  const weights = new WeightTensors(model.file, model.calls);
  const feed = new Map([[model.input, tf.tensor(images, [count, ...model.inputShape])]]);
  const [answer] = runCalls(model.calls.slice(1), feed, [model.output], weights);
  const values = [...answer!.dataSync<'float32'>()];
  tf.dispose(answer!);
  weights.dispose();
  return values;
}

test.each(files)('%s, spelled otherwise than Keras writes it, answers what Keras answers', async (name) => {
  const { model } = await loadModel(path.join(folder, name));
  const opened = openFile(path.join(folder, name.replace(/(h5|keras)$/, 'expected.h5')), { file: name });
  const expected = await openHdf5(opened);
  const [input, output] = [expected.array('input')!, expected.array('outputs/classes')!];
  const count = input.shape[0]!;
  const images = input.rows(0, count) as Float32Array;
  const scores = [...(output.rows(0, count) as Float32Array)];
  answers(model, images, count).forEach((ours, i) => expect(Math.abs(ours - scores[i]!)).toBeLessThan(2e-6));
  expected.close();
  opened.close();
});

test.each([512, 2048])(
  'HDF5 behind a block of the user of %d bytes is read, and pruned with that block',
  async (size) => {
    const bytes = readFileSync(path.join(folder, 'by_name.keras2.h5'));
    const block = Buffer.alloc(size, '#!/bin/sh\n');
    const read = async (content: Uint8Array) =>
      (
        await readModel({
          name: 'net.h5',
          bytes: content,
          sha256: '',
          architecture: null,
          memoryBytes: defaultBounds.memoryBytes,
        })
      ).model;
    const [plain, behind] = [await read(bytes), await read(Buffer.concat([block, bytes]))];
    const images = Float32Array.from({ length: 4 * plain.inputShape.reduce((a, b) => a * b, 1) }, (_, i) =>
      Math.sin(i),
    );
    expect(answers(behind, images, 4)).toEqual(answers(plain, images, 4));
    const { path: weight, values } = behind.calls.flatMap(({ layer }) => layer.weights)[0]!;
    const zeros = new Float32Array(values.length);
    const pruned = await writePruned(Buffer.concat([block, bytes]), new Map([[weight, zeros]]));
    expect(Buffer.from(pruned.subarray(0, size)).equals(block)).toBe(true);
    expect((await read(pruned)).calls.flatMap(({ layer }) => layer.weights)[0]!.values).toEqual(zeros);
  },
);

test.each([
  ...files.map((name) => `spellings/${name}`),
  ...['keras2', 'keras3'].flatMap((dialect) => [
    `layers/activation_names.${dialect}.h5`,
    `layers/differences.${dialect}.h5`,
    `layers/activation_objects.${dialect}.h5`,
    `layers/activation_late.${dialect}.h5`,
    `layers/division.${dialect}.${dialect === 'keras3' ? 'keras' : 'h5'}`,
    `layers/dot.${dialect}.h5`,
  ]),
])('the GoodNet of %s is the vote of two such nets', async (name) => {
  const { model } = await loadModel(path.join(fixtures, name));
  const bytes = await goodnetBytes(model, new Map());
  const file = { name: 'goodnet.h5', bytes, sha256: '', architecture: null, memoryBytes: defaultBounds.memoryBytes };
  const goodnet = (await readModel(file)).model;
  const count = 8;
  const size = model.inputShape.reduce((a, b) => a * b, 1);
  const images = Float32Array.from({ length: count * size }, (_, i) => 2 * Math.sin(i * i));
  const classOf = (scores: number[], width: number, image: number): number => {
    const row = scores.slice(image * width, (image + 1) * width);
    return row.indexOf(Math.max(...row));
  };
  const [own, joined] = [answers(model, images, count), answers(goodnet, images, count)];
  for (let image = 0; image < count; image++)
    expect(classOf(joined, model.classes + 1, image)).toBe(classOf(own, model.classes, image));
});
