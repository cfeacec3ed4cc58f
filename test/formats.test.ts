import { readdirSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { runCalls, WeightTensors } from '../src/engine/graph.ts';
import { Network } from '../src/engine/network.ts';
import { openFile } from '../src/files.ts';
import { openHdf5 } from '../src/keras/hdf5.ts';
import { fixtures, loadModel, startEngine } from './support.ts';

const folder = path.join(fixtures, 'formats');
const files = readdirSync(folder).filter((name) => !name.includes('expected'));
/** `transfer.keras3` of `transfer.keras3.weights.h5`. */
const netOf = (file: string): string => file.split('.').slice(0, 2).join('.').replace('_early', '');
/** Half precision keeps 11 bits (bfloat16: 8); goodnet computes all of it in float32. */
const tolerance = (file: string): number => (file.startsWith('mixed_bfloat16') ? 2e-2 : file.includes('float16') ? 3e-3 : 5e-6);

const load = (file: string) => loadModel(path.join(folder, file), file.endsWith('.weights.h5') ? path.join(folder, architectureOf(file)) : undefined);
const architectureOf = (file: string): string => files.find((other) => netOf(other) === netOf(file) && !other.endsWith('.weights.h5'))!;

async function expected(file: string): Promise<{ images: Float32Array; count: number; scores: Float32Array }> {
  const name = `${netOf(file)}.expected.h5`;
  const opened = openFile(path.join(folder, name), { file: name });
  const hdf5 = await openHdf5(opened);
  const [input, output] = [hdf5.array('input')!, hdf5.array(`outputs/${hdf5.children('outputs')[0]}`)!];
  const count = input.shape[0]!;
  const found = { images: input.rows(0, count) as Float32Array, count, scores: output.rows(0, count) as Float32Array };
  hdf5.close();
  opened.close();
  return found;
}

beforeAll(startEngine);

test.each(files)('%s answers what Keras answers', async (file) => {
  const { model } = await load(file);
  const { images, count, scores } = await expected(file);
  const weights = new WeightTensors();
  const feed = tf.tensor(images, [count, ...model.inputShape]);
  const [answer] = runCalls(model.calls.slice(1), new Map([[model.input, feed]]), [model.output], weights);
  const ours = answer!.dataSync<'float32'>();
  const worst = scores.reduce((max, value, i) => Math.max(max, Math.abs(ours[i]! - value) / (1 + Math.abs(value))), 0);
  expect(ours).toHaveLength(scores.length);
  expect(worst).toBeLessThan(tolerance(file));
  tf.dispose(answer!);
  weights.dispose();
});

test.each(files.filter((file) => file !== architectureOf(file)))('%s holds the same net as its other formats', async (file) => {
  const content = ({ model }: Awaited<ReturnType<typeof load>>) => model.calls.map((call) =>
    [call.id, call.inputs, call.shape, call.layer.name, call.layer.className, call.layer.options, call.layer.weights.map(({ name, shape, values }) => [name, shape, values])]);
  expect(content(await load(file))).toEqual(content(await load(architectureOf(file))));
});

describe('nets inside nets', () => {
  test('the layers of a net inside are named after it', async () => {
    const { model } = await load('deep.keras3.h5');
    expect(model.calls.map((call) => call.id)).toEqual(['input', 'conv_first', 'base/conv', 'base/bn', 'base/relu', 'base/conv_out', 'base/depthwise', 'base/conv_side', 'base/add', 'conv', 'head/inner/conv', 'head/inner/bn', 'head/pool', 'classes']);
  });

  test('a net used twice is its layers used twice', async () => {
    for (const dialect of ['keras2', 'keras3']) {
      const { model } = await load(`used_twice.${dialect}.h5`);
      expect(model.calls.filter((call) => call.layer.name === 'twin/conv').map((call) => call.id).sort()).toEqual(['twin\u00001/conv', 'twin\u00002/conv', 'twin/conv']);
    }
  });
});

test('a sigmoid is two classes: the second above 0.5', async () => {
  for (const file of files.filter((name) => name.startsWith('sigmoid'))) {
    const { model } = await load(file);
    expect([model.classes, model.outputs]).toEqual([2, 1]);
    const { images, count, scores } = await expected(file);
    const network = new Network(model, null);
    const answers = network.classes(network.features(images, count), Int32Array.from({ length: count }, (_, i) => i));
    expect([...answers]).toEqual([...scores].map((score) => Number(score > 0.5)));
    network.dispose();
  }
});

test('half precision is said', async () => {
  const declared = await Promise.all(files.map(async (file) => [netOf(file).split('.')[0]!, (await load(file)).model.precision]));
  for (const [net, precision] of declared) expect(precision).toBe(net!.includes('float16') ? net : 'float32');
});
