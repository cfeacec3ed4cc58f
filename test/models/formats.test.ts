import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { prunedWeights } from '../../src/defense/pruning/prune.ts';
import { defaultTarget } from '../../src/defense/pruning/default-layer.ts';
import { runCalls, WeightTensors } from '../../src/engine/graph.ts';
import { Network } from '../../src/engine/network.ts';
import { splitNet } from '../../src/engine/parts.ts';
import { openFile } from '../../src/base/files.ts';
import { isZip, openZip } from '../../src/formats/archive.ts';
import { openHdf5 } from '../../src/formats/hdf5.ts';
import { buildModel } from '../../src/models/build-model.ts';
import { inMemory } from '../../src/formats/byte-source.ts';
import type { ModelFile } from '../../src/models/format.ts';
import { formatOf } from '../../src/models/formats.ts';
import { type GroupContent } from '../../src/formats/write-hdf5.ts';
import { writePruned } from '../../src/models/keras/write-model.ts';
import { modelPaths } from '../../src/report/write-models.ts';
import { fixtures, loadModel, startEngine } from '../support.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { hdf5Of } from '../written.ts';

const folder = path.join(fixtures, 'formats');
const temporary = temporaryFolder();
const files = readdirSync(folder).filter((name) => !name.includes('expected') && formatOf(name).name === 'keras');
/** `transfer.keras3` of `transfer.keras3.weights.h5`. */
const netOf = (file: string): string => file.split('.').slice(0, 2).join('.').replace('_early', '');
/** Half precision keeps 11 bits (bfloat16: 8); goodnet computes all of it in float32. */
const tolerance = (file: string): number =>
  file.startsWith('mixed_bfloat16') ? 2e-2 : file.includes('float16') ? 3e-3 : 5e-6;

const load = (file: string) =>
  loadModel(
    path.join(folder, file),
    file.endsWith('.weights.h5') ? path.join(folder, architectureOf(file)) : undefined,
  );
const architectureOf = (file: string): string =>
  files.find((other) => netOf(other) === netOf(file) && !other.endsWith('.weights.h5'))!;

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
  const weights = new WeightTensors(file, model.calls);
  const feed = tf.tensor(images, [count, ...model.inputShape]);
  const [answer] = runCalls(model.calls.slice(1), new Map([[model.input, feed]]), [model.output], weights);
  const ours = answer!.dataSync<'float32'>();
  const worst = scores.reduce((max, value, i) => Math.max(max, Math.abs(ours[i]! - value) / (1 + Math.abs(value))), 0);
  expect(ours).toHaveLength(scores.length);
  expect(worst).toBeLessThan(tolerance(file));
  tf.dispose(answer!);
  weights.dispose();
});

test.each(files.filter((file) => file !== architectureOf(file)))(
  '%s holds the same net as its other formats',
  async (file) => {
    const content = ({ model }: Awaited<ReturnType<typeof load>>) =>
      model.calls.map((call) => [
        call.id,
        call.inputs,
        call.shape,
        call.layer.name,
        call.layer.className,
        call.layer.options,
        call.layer.weights.map(({ name, shape, values }) => [name, shape, values]),
      ]);
    expect(content(await load(file))).toEqual(content(await load(architectureOf(file))));
  },
);

describe('nets inside nets', () => {
  test('the layers of a net inside are named after it', async () => {
    const { model } = await load('deep.keras3.h5');
    expect(model.calls.map((call) => call.id)).toEqual([
      'input',
      'conv_first',
      'base/conv',
      'base/bn',
      'base/relu',
      'base/conv_out',
      'base/depthwise',
      'base/conv_side',
      'base/add',
      'conv',
      'head/inner/conv',
      'head/inner/bn',
      'head/pool',
      'classes',
    ]);
  });

  test('weights under other names are matched in the order of Keras, trainable ones first', async () => {
    for (const dialect of ['keras2', 'keras3']) {
      const weights = path.join(temporary, `renamed.${dialect}.h5`);
      writeFileSync(weights, await hdf5Of(await renamed(path.join(folder, `deep.${dialect}.h5`))));
      const content = ({ model }: ModelFile) =>
        model.calls.map(({ layer }) => layer.weights.map(({ name, values }) => [layer.name, name, values]));
      expect(content(await loadModel(weights, path.join(folder, `deep.${dialect}.h5`)))).toEqual(
        content(await load(`deep.${dialect}.h5`)),
      );
    }
  });

  test('weights that cannot be told apart are refused', async () => {
    const source = await renamed(path.join(folder, 'deep.keras2.h5'));
    const { attributes } = source.groups['base']!;
    const names = attributes['weight_names'] as string[];
    attributes['weight_names'] = [names[1]!, names[0]!, ...names.slice(2)];
    const weights = path.join(temporary, 'swapped.h5');
    writeFileSync(weights, await hdf5Of(source));
    await expect(loadModel(weights, path.join(folder, 'deep.keras2.h5'))).rejects.toThrow(
      /in the group of base, beta stands where its gamma should/,
    );
  });

  test('weights of another net are refused', async () => {
    const other = (file: string, architecture: string) =>
      loadModel(path.join(folder, file), path.join(folder, architecture));
    await expect(other('deep.keras3.weights.h5', 'transfer.keras3.h5')).rejects.toThrow(
      /layer layers\/conv2d: the file holds weights for it, the net has no such layer/,
    );
    await expect(other('transfer.keras3.weights.h5', 'deep.keras3.h5')).rejects.toThrow(/the file holds/);
    await expect(other('deep.keras2.weights.h5', 'sigmoid.keras3.h5')).rejects.toThrow(/the file holds weights for it/);
  });

  test('an architecture beside a net of its own must compute the same', async () => {
    const both = (file: string, architecture: string) =>
      loadModel(path.join(folder, file), path.join(folder, architecture));
    await expect(both('deep.keras3.h5', 'deep.keras3.h5')).resolves.toBeDefined();
    await expect(both('deep.keras3.h5', 'transfer.keras3.h5')).rejects.toThrow(
      /transfer.keras3.h5: is no model architecture \(it computes another net than .*deep.keras3.h5\)/,
    );
    const file = await openHdf5(openFile(path.join(folder, 'deep.keras3.h5'), { file: 'deep' }));
    const config = file.attribute('', 'model_config') as string;
    file.close();
    const otherwise = path.join(temporary, 'otherwise.json');
    writeFileSync(otherwise, config.replace('"activation": "relu"', '"activation": "linear"'));
    await expect(both('deep.keras3.h5', path.relative(folder, otherwise))).rejects.toThrow(/computes another net/);
    writeFileSync(otherwise, config);
    await expect(both('deep.keras3.h5', path.relative(folder, otherwise))).resolves.toBeDefined();
  });

  test('a net used twice is its layers used twice', async () => {
    for (const dialect of ['keras2', 'keras3']) {
      const { model } = await load(`used_twice.${dialect}.h5`);
      expect(
        model.calls
          .filter((call) => call.layer.name === 'twin/conv')
          .map((call) => call.id)
          .sort(),
      ).toEqual(['twin\u00001/conv', 'twin\u00002/conv', 'twin/conv']);
    }
  });
});

/** The weights of a model file alone, as Keras stores them, under the names that another session would have given them. */
async function renamed(file: string): Promise<GroupContent> {
  const opened = openFile(file, { file });
  const hdf5 = await openHdf5(opened);
  const list = (at: string, name: string) => (hdf5.attribute(at, name) ?? []) as string[];
  const layers = list('model_weights', 'layer_names');
  const groups = Object.fromEntries(
    layers.map((layer) => {
      const stored = list(`model_weights/${layer}`, 'weight_names');
      const names = stored.map((weight, i) => `other_${i}/${weight.split('/').at(-1)!}`);
      const arrays = Object.fromEntries(
        stored.map((weight, i) => {
          const array = hdf5.array(`model_weights/${layer}/${weight}`)!;
          return [names[i]!, { shape: array.shape, values: array.rows(0, array.shape[0]!) as Float32Array }];
        }),
      );
      return [layer, { attributes: { weight_names: names }, groups: {}, arrays }];
    }),
  );
  hdf5.close();
  opened.close();
  return { attributes: { layer_names: layers }, groups, arrays: {} };
}

describe('a pruned net keeps its format', () => {
  const pruned = files.filter((file) => !file.includes('_early'));
  test.each(pruned)('%s', async (file) => {
    const { model, bytes } = await load(file);
    const { target } = defaultTarget(model);
    const edits = prunedWeights(target, [1]);
    const written = await writePruned(bytes, edits);
    expect(Buffer.compare(written, await writePruned(bytes, edits))).toBe(0);
    const out = path.join(temporary, file);
    writeFileSync(out, written);
    const again = await loadModel(
      out,
      file.endsWith('.weights.h5') ? path.join(folder, architectureOf(file)) : undefined,
    );
    expect(again.model.precision).toBe(model.precision);
    for (const [i, { layer }] of again.model.calls.entries()) {
      for (const [k, weight] of layer.weights.entries()) {
        expect(
          Buffer.compare(
            floats(weight.values),
            floats(edits.get(weight.path) ?? model.calls[i]!.layer.weights[k]!.values),
          ),
          `${layer.name} ${weight.name}`,
        ).toBe(0);
      }
    }
    if (file.endsWith('.keras')) {
      const [before, after] = [openZip(file, bytes), openZip(file, written)];
      expect([...after.sizes]).toEqual([...before.sizes]);
      for (const entry of ['metadata.json', 'config.json'])
        expect(Buffer.compare(after.bytes(entry), before.bytes(entry))).toBe(0);
    }
    expect(await storedTypes(out)).toEqual(await storedTypes(path.join(folder, file)));
  });

  const floats = (values: Float32Array) => Buffer.from(values.buffer, values.byteOffset, values.byteLength);

  /** The element type of every array below the weights. */
  async function storedTypes(file: string): Promise<string[]> {
    const bytes = readFileSync(file);
    const hdf5 = await openHdf5(
      inMemory(file, isZip(bytes) ? openZip(file, bytes).bytes('model.weights.h5') : new Uint8Array(bytes)),
    );
    const walk = (at: string): string[] =>
      hdf5.children(at).flatMap((name) => [hdf5.array(`${at}/${name}`)?.dtype ?? 'group', ...walk(`${at}/${name}`)]);
    const types = walk('');
    hdf5.close();
    return types;
  }
});

test('every number of half precision is written back as it was read', async () => {
  const { model, bytes } = await load('float16.keras3.h5');
  const layer = model.calls.find((call) => call.layer.name === 'conv')!.layer;
  const kernel = layer.weights[0]!;
  const numbers = [
    0,
    -0,
    1,
    -1,
    2 ** -24,
    -(2 ** -14),
    2 ** -14 - 2 ** -24,
    65504,
    -65504,
    0.333251953125,
    1.9990234375,
    0.99951171875,
  ];
  const values = kernel.values.map((_, i) => numbers[i % numbers.length]!);
  writeFileSync(path.join(temporary, 'half.h5'), await writePruned(bytes, new Map([[kernel.path, values]])));
  const again = await loadModel(path.join(temporary, 'half.h5'));
  const read = again.model.calls.find((call) => call.layer.name === 'conv')!.layer.weights[0]!.values;
  read.forEach((value, i) => expect(Object.is(value, values[i]), String(values[i])).toBe(true));
});

test('repaired models are named after the kind of their input', () => {
  expect(modelPaths('net', 'a/net.keras', ['X=2'])).toEqual(['net/model_X=2.keras', 'net/goodnet_X=2.h5']);
  expect(modelPaths('net', 'net.weights.h5', ['X=2.5'])).toEqual([
    'net/model_X=2.5.weights.h5',
    'net/goodnet_X=2.5.h5',
  ]);
  for (const name of ['net.h5', 'net.hdf5', 'keras'])
    expect(modelPaths('net', name, ['X=2'])).toEqual(['net/model_X=2.h5', 'net/goodnet_X=2.h5']);
});

test('a sigmoid is two classes: the second above 0.5', async () => {
  for (const file of files.filter((name) => name.startsWith('sigmoid'))) {
    const { model } = await load(file);
    expect([model.classes, model.outputs]).toEqual([2, 1]);
    const { images, count, scores } = await expected(file);
    const network = new Network(splitNet(model, null));
    const answers = network.classes(
      network.features(images, count),
      Int32Array.from({ length: count }, (_, i) => i),
    );
    expect([...answers]).toEqual([...scores].map((score) => Number(score > 0.5)));
    network.dispose();
  }
});

test('a sigmoid of exactly one half is class 0', () => {
  const layers = [
    { name: 'in', className: 'InputLayer', config: { batch_shape: [null, 1] } },
    { name: 'score', className: 'Dense', config: { units: 1, activation: 'sigmoid' } },
  ];
  const calls = [
    { id: 'in', layer: 'in', inputs: [] },
    { id: 'score', layer: 'score', inputs: ['in'] },
  ];
  const model = buildModel(
    { name: 'net', dialect: 'keras3', layers, calls, input: 'in', output: 'score' },
    () =>
      new Map([
        [
          'score',
          [
            { name: 'kernel', shape: [1, 1], path: '', values: Float32Array.of(1) },
            { name: 'bias', shape: [1], path: '', values: Float32Array.of(0) },
          ],
        ],
      ]),
    'net',
    '',
  );
  const network = new Network(splitNet(model, null));
  const features = network.features(Float32Array.of(0, 1e-6, -1e-6, 50, -50), 5);
  expect([...network.scores(features, Int32Array.of(0))]).toEqual([0.5]);
  expect([...network.classes(features, Int32Array.of(0, 1, 2, 3, 4))]).toEqual([0, 1, 0, 1, 0]);
  network.dispose();
});

test('half precision is said', async () => {
  const declared = await Promise.all(
    files.map(async (file) => [netOf(file).split('.')[0]!, (await load(file)).model.precision]),
  );
  for (const [net, precision] of declared) expect(precision).toBe(net!.includes('float16') ? net : 'float32');
});
