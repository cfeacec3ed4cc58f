import path from 'node:path';
import { expect, test } from 'vitest';
import type { Dataset } from '../../src/data/dataset.ts';
import { chooseTarget, defaultTarget } from '../../src/defense/pruning/default-layer.ts';
import { Chunks, type ChunkWorker, chunkSize } from '../../src/engine/chunks.ts';
import { livingBytesAnImage } from '../../src/engine/cost.ts';
import { splitNet } from '../../src/engine/parts.ts';
import type { Reversal } from '../../src/engine/training/reverse.ts';
import type { Model } from '../../src/models/net.ts';
import { netOf } from '../applications.ts';
import { hasReference, loadModel, reference, root } from '../support.ts';

const dataset = (count: number, imageBytes: number): Dataset => ({ count, imageBytes }) as Dataset;
const small = dataset(1000, 3072);
const large = dataset(64, 224 * 224 * 3 * 4);
const cutByDefault = (model: Model) => splitNet(model, defaultTarget(model).target.cut);

test('a chunk of a small net is 256 images', async () => {
  const { model } = await loadModel(path.join(root, 'examples/badnet.h5'));
  expect(chunkSize(cutByDefault(model), small)).toBe(256);
});

test.skipIf(!hasReference('chunks.test.ts'))(
  "a chunk of the lab's net, and of those it is measured by, is 256 images",
  async () => {
    const lab = await loadModel(reference('csaw-lab3/bd_weights.h5'), reference('csaw-lab3/prunednet_X=2.h5'));
    expect(chunkSize(splitNet(lab.model, chooseTarget(lab.model, {}).target.cut), small)).toBe(256);
    for (const name of ['mnist-badnet', 'mnist-resnet']) {
      const { model } = await loadModel(reference('golden', name, 'badnet.h5'));
      expect(chunkSize(cutByDefault(model), small)).toBe(256);
    }
  },
);

test.each([
  ['ResNet50', 4],
  ['EfficientNetB0', 38],
  ['MobileNetV2', 48],
  ['VGG16', 1],
])('a chunk of %s at 224 x 224 pixels is %i images', (name, images) => {
  expect(chunkSize(cutByDefault(netOf('keras3', name, 224)), large)).toBe(images);
});

test('steps of the sweep count: behind the cut of VGG16 they take longer than all before it', () => {
  const model = netOf('keras3', 'VGG16', 64);
  expect(chunkSize(splitNet(model, null), small)).toBe(13);
  expect(chunkSize(cutByDefault(model), small)).toBe(1);
});

test('an image of VGG16 takes the two largest maps of it at once', () => {
  const parts = cutByDefault(netOf('keras3', 'VGG16', 224));
  expect(livingBytesAnImage(parts)).toBe(2 * 224 * 224 * 64 * 4);
});

test('images that take much memory make smaller chunks of a small net', async () => {
  const { model } = await loadModel(path.join(root, 'examples/badnet.h5'));
  expect(chunkSize(cutByDefault(model), dataset(1000, 2 ** 20))).toBe(32);
});

const never = (): Promise<never> => Promise.reject(new Error('not asked for'));

test('64 images of ResNet50 are dealt to all workers, and told of as they are done', async () => {
  const dealt: string[] = [];
  const worker = (name: string): ChunkWorker => ({
    sums: async (start, stop) => {
      await new Promise((resume) => setTimeout(resume));
      dealt.push(name);
      return Float64Array.of(stop - start);
    },
    tallies: () => [],
    answers: () => [new Int32Array(), new Int32Array()],
    changed: () => [],
    trained: never,
    reversed: never,
  });
  const told: number[] = [];
  const size = chunkSize(cutByDefault(netOf('keras3', 'ResNet50', 224)), large);
  const chunks = new Chunks(large, size, ['a', 'b'].map(worker));
  expect(await chunks.channelSums((images) => told.push(images))).toEqual(Float64Array.of(64));
  expect(dealt.filter((name) => name === 'a')).toHaveLength(8);
  expect(told).toEqual(Array(16).fill(4));
});

test('a search goes on with the worker that began it, and the last ones of a worker with whoever is free', async () => {
  const worked: string[] = [];
  let before = 0; // so many searches are done before the slow worker is
  const [quick, slow] = ['quick', 'slow'].map(
    (name) =>
      ({
        reversed: async ({ target, steps }) => {
          do await new Promise((resume) => setImmediate(resume));
          while (name === 'slow' && worked.length < before);
          worked.push(`${name} ${target}/${steps}`);
          return { target } as unknown as Reversal;
        },
      }) as ChunkWorker,
  );
  const chunks = new Chunks(large, 1, [slow!, quick!]);
  const series = chunks.newSeries();
  const search = (targets: number[], steps: number) =>
    chunks.reversed(
      targets.map((target) => ({ target, steps, series, range: { least: [0], most: [1] } })),
      () => undefined,
    );
  before = 3;
  await search([0, 1, 2, 3], 25);
  expect(worked.splice(0)).toEqual(['quick 1/25', 'quick 2/25', 'quick 3/25', 'slow 0/25']);
  before = 2;
  await search([2, 0, 1], 50);
  expect(worked.splice(0)).toEqual(['quick 2/50', 'quick 1/50', 'slow 0/50']);
  expect(chunks.newSeries()).not.toBe(series);
  before = 0;
  const found = await search([3, 0], 25);
  expect(found.map((trigger) => (trigger as unknown as { target: number }).target)).toEqual([3, 0]);
});

test('sums and tallies are of those who count, classes of those who answer, each time all images', async () => {
  const classes = (start: number, stop: number) => new Int32Array(stop - start).fill(start);
  const worker: ChunkWorker = {
    sums: never,
    tallies: never,
    answers: ([piece]) => [classes(...piece!), new Int32Array()],
    changed: () => [],
    trained: never,
    reversed: never,
  };
  const counter = { sums: (start: number, stop: number) => Float64Array.of(stop - start), tallies: () => [] };
  const chunks = new Chunks(dataset(10, 1), 4, [worker], [counter, { ...counter }]);
  const untold = () => undefined;
  expect(await chunks.channelSums(untold)).toEqual(Float64Array.of(10));
  expect(await chunks.classes(untold)).toEqual(Int32Array.of(0, 0, 0, 0, 4, 4, 4, 4, 8, 8));
  expect(await chunks.channelSums(untold)).toEqual(Float64Array.of(10));
});
