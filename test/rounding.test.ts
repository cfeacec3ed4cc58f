import { readdirSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { doubtOf } from '../src/doubt.ts';
import { type Computing, runCalls, WeightTensors } from '../src/engine/graph.ts';
import { Fold } from '../src/engine/fold.ts';
import { Reorder } from '../src/engine/reorder.ts';
import { Stir } from '../src/engine/stir.ts';
import { activations } from '../src/engine/kernels/activation.ts';
import type { Call } from '../src/keras/model.ts';
import { recomputed } from '../src/report/recheck.ts';
import type { Report } from '../src/report/report.ts';
import { command } from './command.ts';
import { fixtures, hasReference, loadModel, readJson, reference, root, startEngine } from './support.ts';
import { temporaryFolder } from './temporary-folder.ts';

const nets = ['layers', 'architectures'].flatMap((folder) =>
  readdirSync(path.join(fixtures, folder))
    .filter((name) => !name.includes('expected'))
    .map((name) => path.join(fixtures, folder, name)),
);
const out = temporaryFolder();
const example = [
  '--clean',
  'examples/clean_valid.h5',
  '--poisoned',
  'bd=examples/poisoned_valid.h5',
  '--scale',
  '1/255',
  '--min-accuracy',
  '90',
  '--max-asr',
  '20',
  '--accept',
  'original,pruned,goodnet',
];
const reportIn = (name: string): Report => readJson(path.join(out, name, 'report.json'));

beforeAll(startEngine);

test.each(nets)('%s: layers computed otherwise answer nearly the same', async (file) => {
  const { model } = await loadModel(file);
  const weights = new WeightTensors(model.file);
  const wanted = [...new Set(model.calls.slice(1).map(({ id }) => id))];
  const images = tf.tidy(() => tf.randomUniform([3, ...model.inputShape], -1, 1, 'float32', 7));
  const values = (computing?: Computing): Float32Array[] => {
    const before = tf.memory().numTensors;
    const tensors = runCalls(
      model.calls.slice(1),
      new Map([[model.input, tf.clone(images)]]),
      wanted,
      weights,
      computing,
    );
    const answers = tensors.map((tensor) => tensor.dataSync<'float32'>().slice());
    tf.dispose(tensors);
    computing?.dispose?.();
    if (computing !== undefined) expect(tf.memory().numTensors).toBe(before);
    return answers;
  };
  const plain = values();
  const farthest = (others: Float32Array[]): number =>
    Math.max(
      ...others.map((answer, i) =>
        answer.reduce(
          (most, value, k) => Math.max(most, Math.abs(value - plain[i]![k]!) / (1 + Math.abs(plain[i]![k]!))),
          0,
        ),
      ),
    );
  for (let order = 0; order < 6; order++) expect(farthest(values(new Reorder(order)))).toBeLessThan(1e-4);
  expect(farthest(values(new Fold(null)))).toBeLessThan(1e-4);
  const stirred = farthest(values(new Stir(0, model.output)));
  expect(stirred).toBeLessThan(0.5);
  expect(stirred).toBeGreaterThan(0);
  expect(values(new Stir(0, model.output))).toEqual(values(new Stir(0, model.output)));
  expect(values(new Stir(4, model.output))).not.toEqual(values(new Stir(0, model.output)));
  tf.dispose(images);
  weights.dispose();
});

describe('one layer computed otherwise', () => {
  const call = (className: string, options: Record<string, unknown>, id = 'y', inputs = ['x']): Call => ({
    id,
    inputs,
    shape: [1],
    layer: { name: id, className, options, perChannel: true, weights: [] },
  });
  const stirred = (activation: string, x: number): number[] =>
    Array.from({ length: 64 }, (_, image) =>
      tf.tidy(
        () =>
          new Stir(image, 'scores')
            .compute(call('Activation', { activation }), [tf.tensor2d([[x]])], {})
            .dataSync()[0]!,
      ),
    );

  test.each([
    ['softplus', -20],
    ['elu', -1e-9],
    ['selu', -1e-9],
    ['gelu', -6],
    ['mish', -20],
    ['swish', -20],
    ['sigmoid', -20],
  ])('%s of %d is moved by more than it is: libraries compute it from terms that cancel', (activation, x) => {
    const plain = tf.tidy(() => activations[activation as keyof typeof activations](tf.scalar(x)).dataSync()[0]!);
    const moved = stirred(activation, x);
    expect(Math.max(...moved)).toBeGreaterThan(2 * Math.abs(plain));
    expect(Math.min(...moved)).toBeLessThan(-2 * Math.abs(plain));
  });

  const folded = (calls: Call[], changed: string | null = null): number =>
    tf.tidy(() => {
      const fold = new Fold(changed);
      const known = new Map<string, tf.Tensor>([['x', tf.tensor2d([[0.25]])]]);
      for (const each of calls)
        known.set(
          each.id,
          fold.compute(
            each,
            each.inputs.map((id) => known.get(id)!),
            {},
          ),
        );
      fold.dispose();
      return known.get(calls.at(-1)!.id)!.dataSync()[0]!;
    });
  const far = 2 ** 25;
  const up = call('Rescaling', { scale: 1, offset: far }, 'up'),
    down = call('Rescaling', { scale: [1], offset: [-far] }, 'down', ['up']);
  const under = call('Rescaling', { scale: 1, offset: -far }, 'under');

  test.each<[string, Call[], number]>([
    ['follow each other', [up, down], 0.25],
    [
      'follow each other behind what does nothing',
      [up, call('Dropout', {}, 'drop', ['up']), { ...down, inputs: ['drop'] }],
      0.25,
    ],
    ['meet in a sum', [up, under, call('Add', {}, 'sum', ['up', 'under', 'x'])], 0.75],
    ['meet in an average', [up, under, call('Average', {}, 'mean', ['up', 'under'])], 0.25],
    [
      'are parted by another layer',
      [
        up,
        call('ReLU', { max_value: null, negative_slope: 0, threshold: 0 }, 'relu', ['up']),
        { ...down, inputs: ['relu'] },
      ],
      0,
    ],
  ])('constants that %s', (_, calls, answer) => expect(folded(calls)).toBe(answer));

  test('a tensor that was changed is what it is', () => expect(folded([up, down], 'up')).toBe(0));

  test('a tensor that is added thrice is multiplied', () => {
    const x = Math.fround(1e7 / 3);
    const thrice = tf.tidy(
      () =>
        new Fold(null)
          .compute(
            call('Add', {}, 'y', ['x', 'x', 'x']),
            [tf.scalar(x)].flatMap((one) => [one, one, one]),
            {},
          )
          .dataSync()[0],
    );
    expect(thrice).toBe(Math.fround(3 * x));
  });
});

describe('a net whose classes hinge on rounding', () => {
  const crafted = readdirSync(path.join(fixtures, 'rounding')).filter((name) => name.endsWith('.keras'));
  const data = [
    '--clean',
    'clean.h5',
    '--poisoned',
    'bd=poisoned.h5',
    '--min-accuracy',
    '90',
    '--max-asr',
    '20',
    '--layer',
    'conv',
  ];
  const home = path.join(fixtures, 'rounding');

  test.each(crafted)('%s fails, with the figures', async (name) => {
    const { code, stdout } = await command(home, 'defend', name, ...data, '--out', path.join(out, name));
    const { gate, candidates, findings, rounding } = reportIn(name).models[0]!;
    expect([code, candidates[0]!.validation.maxAsr, gate.verdict, gate.recommended, gate.doubt?.code]).toEqual([
      1,
      0,
      'failed',
      null,
      'rounding-decides',
    ]);
    expect(findings).toContainEqual(gate.doubt);
    expect(rounding).toContainEqual({ ...gate.doubt, code: undefined });
    expect(stdout).toMatch(
      /Gate not met: its classes hinge on the last bits of float32: \d+ of 60 (clean )?validation images/,
    );
    expect(recomputed(reportIn(name), null)).toEqual(reportIn(name));
  });

  test('is counted the same on any number of threads', async () => {
    for (const workers of ['1', '3'])
      await command(home, 'defend', crafted[0]!, ...data, '--workers', workers, '--out', path.join(out, `w${workers}`));
    expect(reportIn('w3').models).toEqual(reportIn('w1').models);
  });
});

test('trained nets keep their classes, and the GoodNets made of them', async () => {
  await command(root, 'defend', 'examples/badnet.h5', ...example, '--out', path.join(out, 'example'));
  const { gate, rounding } = reportIn('example').models[0]!;
  expect([gate.verdict, gate.doubt]).toEqual(['passed', undefined]);
  expect(new Set(rounding!.map(({ channelsPruned }) => channelsPruned)).size).toBe(2);
  for (const each of rounding!) expect(each).toMatchObject({ images: 64, changed: 0 });
  const joined = path.join(out, 'example/examples__badnet.h5/goodnet_X=2.h5');
  await command(root, 'defend', joined, ...example, '--out', path.join(out, 'joined'));
  for (const each of reportIn('joined').models[0]!.rounding!) expect(each).toMatchObject({ images: 64, changed: 0 });
});

test.skipIf(!hasReference('rounding.test.ts')).each([
  ['golden/mnist-resnet', '1'],
  ['golden/mnist-badnet', '1/255'],
  ['repair/resbn', '1/255'],
])('%s keeps its classes', async (folder, scale) => {
  await command(
    reference(folder),
    'defend',
    'badnet.h5',
    '--clean',
    'clean_valid.h5',
    '--poisoned',
    'bd=poisoned_valid.h5',
    '--scale',
    scale,
    '--max-asr',
    '20',
    '--out',
    path.join(out, folder),
  );
  const { rounding } = reportIn(folder).models[0]!;
  expect(rounding!.length).toBeGreaterThanOrEqual(2);
  for (const each of rounding!) expect(each).toMatchObject({ images: 64, changed: 0 });
});

test('more than two percent of the images, and more than one, are too many', () => {
  const sound = { precision: 'float32', ambiguousActivation: null, augmentation: null };
  const of = (images: number, changed: number) => ({
    channelsPruned: 0,
    split: 'test' as const,
    attack: null,
    images,
    changed,
  });
  expect([of(64, 1), of(10, 1), of(100, 2), of(0, 0)].map((each) => doubtOf(sound, [each]))).toEqual([
    null,
    null,
    null,
    null,
  ]);
  expect(doubtOf(sound, [of(64, 2), of(64, 9), of(64, 1)])).toEqual({ code: 'rounding-decides', ...of(64, 9) });
});
