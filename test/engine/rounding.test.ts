import { readdirSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { productCode } from '../../src/engine/kernels/product-code.ts';
import { doubtOf } from '../../src/verdict/doubt.ts';
import { type Computes, runCalls, WeightTensors } from '../../src/engine/graph.ts';
import { Reorder } from '../../src/engine/rounding/reorder.ts';
import { reach, RunningError } from '../../src/engine/rounding/running-error.ts';
import { type Parts, splitNet } from '../../src/engine/parts.ts';
import type { Weights } from '../../src/engine/kernels/layers.ts';
import type { Call, Layer, Weight } from '../../src/models/net.ts';
import { openFile } from '../../src/base/files.ts';
import { openHdf5 } from '../../src/formats/hdf5.ts';
import type { Split } from '../../src/engine/split.ts';
import { looked, lookedToPass, type Rounded, roundOtherwise } from '../../src/verdict/rounding.ts';
import { recomputed } from '../../src/report/record/recheck.ts';
import type { Report } from '../../src/report/record/report.ts';
import { command } from '../command.ts';
import { fixtures, hasReference, loadModel, readJson, reference, root, startEngine } from '../support.ts';
import { temporaryFolder } from '../temporary-folder.ts';

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

test.each(nets)('%s: what Keras answers, and sums in any order, lie within the error', async (name) => {
  const { model } = await loadModel(name);
  const weights = new WeightTensors(model.file, model.calls);
  const calls = model.calls.slice(1);
  const wanted = [...new Set(calls.map(({ id }) => id))];
  const file = openFile(name.replace(/(h5|keras)$/, 'expected.h5'), { file: name });
  const expected = await openHdf5(file);
  const input = expected.array('input')!;
  const images = tf.tensor(input.rows(0, input.shape[0]!) as Float32Array, input.shape);
  const values = (computing?: Computes): Float32Array[] => {
    const tensors = runCalls(calls, new Map([[model.input, tf.clone(images)]]), wanted, weights, computing);
    const answers = tensors.map((tensor) => tensor.dataSync<'float32'>().slice());
    tf.dispose(tensors);
    return answers;
  };
  const plain = values();
  const before = tf.memory().numTensors;
  const follow = (trial: number) => {
    const error = new RunningError(splitNet(model, null), [{ trial, images: input.shape[0]! }]);
    const errorsOf = new Map<string, Float32Array[]>();
    const followed = values({
      compute: (call, given, held) => {
        const y = error.compute(call, given, held);
        errorsOf.set(
          call.id,
          error.errorsOf(call.id).map((each) => each.slice()),
        );
        return y;
      },
    });
    error.dispose();
    return { followed, errorsOf };
  };
  const { followed, errorsOf } = follow(0);
  const areLarge = (errors: ReadonlyMap<string, Float32Array[]>, id: string, answers: Float32Array): boolean => {
    const alike = errors.get(id)!.slice(0, 2); // the others are Cauchy's, without a bound
    const large = answers.filter((y, k) => !alike.every((each) => Math.abs(each[k]!) < 0.02 * (1 + Math.abs(y))));
    return large.length > Math.max(1, answers.length / 100);
  };
  const layersWithLarge = new Set<string>();
  const others = [0, 1, 2, 3, 4, 5].map((order) => values(new Reorder(order)));
  let compared = 0;
  wanted.forEach((id, i) => {
    const call = calls.find((each) => each.id === id)!;
    const errors = errorsOf.get(id)!;
    const keras = expected.array(`outputs/${call.id}`)?.rows(0, input.shape[0]!) as Float32Array | undefined;
    if (keras !== undefined) compared++;
    for (let k = 0; k < plain[i]!.length; k++) {
      const y = plain[i]![k]!;
      const most = Math.max(...errors.map((each) => Math.abs(each[k]!)));
      const last = 2 ** -23 * Math.abs(y);
      const off = (x: number | undefined): number => (x === undefined ? 0 : Math.abs(x - y));
      if (off(followed[i]![k]) > last) expect([call.layer.name, k, followed[i]![k]]).toEqual([call.layer.name, k, y]);
      for (const x of [keras?.[k], ...others.map((other) => other[i]![k])])
        if (off(x) > most + 8 * last) expect([call.layer.name, k, x]).toEqual([call.layer.name, k, `${y} +- ${most}`]);
    }
    if (areLarge(errorsOf, id, plain[i]!)) layersWithLarge.add(id);
  });
  // A bend takes the largest error of all worlds, Cauchy's too: by chance that is large for all of them, in few draws.
  if (layersWithLarge.size > 0) {
    const again = follow(1).errorsOf;
    wanted.forEach((id, i) => expect([id, areLarge(again, id, plain[i]!)]).toEqual([id, false]));
  }
  expect(compared).toBeGreaterThan(0);
  expect(tf.memory().numTensors).toBe(before);
  expected.close();
  file.close();
  tf.dispose(images);
  weights.dispose();
});

test.each(nets)('%s: kernels as products take them change no number of what is tried', async (name) => {
  const { model } = await loadModel(name);
  const weights = new WeightTensors(model.file, model.calls);
  const images = tf.randomUniform([2, ...model.inputShape], 0, 1, 'float32', 1);
  const asStored = (layer: Layer): Weights =>
    Object.fromEntries(layer.weights.map(({ name: weight, values, shape }) => [weight, tf.tensor(values, [...shape])]));
  const answers = (stored: boolean): Float32Array[] => {
    const error = new RunningError(splitNet(model, null), [{ trial: 0, images: 2 }]);
    const tried = [error, new Reorder(3)].map((computing) => {
      const compute: Computes['compute'] = (call, given, held) =>
        computing.compute(call, given, stored ? asStored(call.layer) : held);
      const feed = new Map([[model.input, tf.clone(images)]]);
      const [scores] = runCalls(model.calls.slice(1), feed, [model.output], weights, { compute });
      const values = scores!.dataSync<'float32'>().slice();
      scores!.dispose();
      return values;
    });
    const errors = error.errorsOf(model.output).map((each) => each.slice());
    error.dispose();
    return [...tried, ...errors];
  };
  expect(answers(false)).toEqual(answers(true));
  images.dispose();
  weights.dispose();
});

describe('the error of', () => {
  const call = (className: string, options: Record<string, unknown>, id = 'y', inputs = ['x']): Call => ({
    id,
    inputs,
    shape: [1],
    layer: {
      name: id,
      className,
      options,
      perChannel: true,
      trainable: true,
      weights: [numbers(className === 'Dense' ? 3 : 1)],
    },
  });
  const numbers = (value: number): Weight => ({
    name: 'kernel',
    path: 'kernel',
    shape: [1, 1],
    values: Float32Array.of(value),
  });
  const partsOf = (suffix: Call[], sha256 = ''): Parts =>
    ({ model: { output: 'scores', calls: suffix, sha256 }, cut: null, prefix: [], suffix }) as unknown as Parts;
  /** What the last of `calls` answers to `x`, and how far off that may be. */
  const followed = (x: number[], calls: [Call, Weights?][]): { y: number; most: number } => {
    const error = new RunningError(partsOf(calls.map(([each]) => each)), [{ trial: 0, images: 1 }]);
    const known = new Map<string, tf.Tensor>([['x', tf.tensor2d([x])]]);
    for (const [each, weights = {}] of calls) {
      const given = each.inputs.map((id) => known.get(id)!);
      const shape = weights['kernel']?.shape.slice(1) ?? each.shape;
      known.set(each.id, error.compute({ ...each, shape }, given, weights));
    }
    const { id } = calls.at(-1)![0];
    const most = Math.max(...error.errorsOf(id).map(([first]) => Math.abs(first!)));
    error.dispose();
    return { y: known.get(id)!.dataSync()[0]!, most };
  };

  test.each([
    ['softplus', -60],
    ['elu', -(2 ** -40)],
    ['selu', -1e-9],
    ['gelu', -8],
    ['mish', -50],
    ['swish', -20],
    ['sigmoid', -90],
  ])('%s of %d is more than it is: libraries compute it from terms that cancel', (activation, x) => {
    const { y, most } = followed([x], [[call('Activation', { activation })]]);
    expect(most).toBeGreaterThan(2 * Math.abs(y) + 1e-9);
  });

  const matrix = (rows: number, columns: number, value: (row: number, column: number) => number): Weights => ({
    kernel: tf.tensor2d(
      Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (__, k) => value(i, k))),
    ),
  });
  const dense = { activation: 'linear', use_bias: false };

  test('a product that is lost is told: who multiplies the weight with what comes behind loses it not', () => {
    const { y, most } = followed([2 ** -60, 2 ** -60], [[call('Dense', dense), matrix(2, 1, () => 2 ** -101)]]);
    expect(y).toBe(0);
    expect(most).toBeGreaterThan(2 ** -87);
    expect(followed([0, 0], [[call('Dense', dense), matrix(2, 1, () => 2 ** -101)]]).most).toBe(0);
  });

  test('many copies of one number grows with their number', () => {
    const copies = followed(
      [1 / 3],
      [
        [call('Dense', dense, 'copies'), matrix(1, 1000, () => 0.7)],
        [
          call('Dense', { ...dense, activation: 'relu' }, 'again', ['copies']),
          matrix(1000, 1000, (i, k) => Number(i === k)),
        ],
        [call('Dense', dense, 'sum', ['again']), matrix(1000, 1, () => 1)],
      ],
    );
    expect(copies.most).toBeGreaterThan(0.3 * copies.y * reach * 2 ** -23);
  });

  test('terms that cancel is as large as the terms, whether they meet at once or one by one', () => {
    const far = 2 ** 25;
    const up = call('Rescaling', { scale: 1, offset: far }, 'up');
    const down = call('Rescaling', { scale: 1, offset: -far }, 'down');
    const [joined, last] = [call('Add', {}, 'joined', ['up', 'down']), call('Add', {}, 'last', ['joined', 'x'])];
    expect(followed([0.25], [[up], [{ ...down, inputs: ['up'] }]]).most).toBeGreaterThan(1);
    expect(followed([0.25], [[up], [down], [joined], [last]]).most).toBeGreaterThan(1);
  });

  test('many terms grows with their number: rounded one way, they drift', () => {
    const terms = 2 ** 14;
    const { y, most } = followed(Array<number>(terms).fill(1), [[call('Dense', dense), matrix(terms, 1, () => 1 / 3)]]);
    expect(most).toBeGreaterThan((terms / 2) * 2 ** -24 * y);
  });

  test('softmax grows with the number of classes, whose exponentials it adds up', () => {
    const classes = 2 ** 15;
    const { y, most } = followed(Array<number>(classes).fill(0), [
      [{ ...call('Activation', { activation: 'softmax' }), shape: [classes] }],
    ]);
    expect(y).toBe(1 / classes);
    expect(most).toBeGreaterThanOrEqual(classes * 2 ** -24 * y);
  });

  test('many copies of a difference grows with their number', () => {
    const copies = 400;
    const one = matrix(1, copies, () => 0.7);
    const { most } = followed(
      [1 / 3],
      [
        [call('Dense', dense, 'some'), one],
        [call('Dense', dense, 'others'), one],
        [call('Dense', dense, 'sum', ['some']), matrix(copies, 1, () => 1)],
        [call('Dense', dense, 'less', ['others']), matrix(copies, 1, () => -1)],
        [call('Add', {}, 'both', ['sum', 'less'])],
      ],
    );
    expect(most).toBeGreaterThan(16 * 2 ** -24 * copies * (0.7 / 3));
  });

  test.each(['hard_sigmoid', 'softsign', 'tanh'])('%s is counted, of a number without any', (activation) => {
    const clip = call('ReLU', { max_value: 2, negative_slope: 0, threshold: 0 }, 'clip');
    const two = [clip, call('Activation', { activation }, 'bent', ['clip'])] as const;
    expect(followed([1000], [[clip]]).most).toBe(0);
    const { y, most } = followed(
      [1000],
      two.map((each) => [each]),
    );
    expect(most).toBeGreaterThanOrEqual(8 * 2 ** -24 * y);
  });

  test.each(['Dropout', 'Flatten', 'Average'])('terms that cancel is as large as they are through %s', (className) => {
    const clip = { max_value: 2 ** 25, negative_slope: 0, threshold: 0 };
    const turned = { ...call('Dense', dense, 'down', ['up']) };
    turned.layer = { ...turned.layer, weights: [numbers(-1)] };
    const { y, most } = followed(
      [2 ** 30],
      [
        [call('ReLU', clip, 'up')],
        [turned, matrix(1, 1, () => -1)],
        [call('Add', {}, 'both', ['up', 'down'])],
        [call(className, {}, 'through', className === 'Average' ? ['both', 'both'] : ['both'])],
        [call('Rescaling', { scale: 2 ** -32, offset: 0 }, 'small')],
        [call('Add', {}, 'last', ['through', 'small'])],
      ],
    );
    expect(y).toBe(0.25);
    expect(most).toBeGreaterThan(1);
  });

  test('a quotient whose divisor may be 0 could be anything', () => {
    const quotient = (offset: number) =>
      followed([0.1], [[call('Rescaling', { scale: 1, offset }, 'd')], [call('Divide', { numerator: 2 }, 'y', ['d'])]])
        .most;
    expect(quotient(-0.0999999)).toBe(Infinity);
    expect(quotient(-0.05)).toBeLessThan(1e-2);
  });

  test('a vector that may be 0 has any direction, and one shorter than 1e-6 any length, but for zeros', () => {
    const cosine = (offset: number, scale = 1) =>
      followed(
        [0.1],
        [[call('Rescaling', { scale, offset }, 'd')], [call('Dot', { axes: 1, normalize: true }, 'y', ['d', 'x'])]],
      ).most;
    expect(cosine(-0.0999999)).not.toBeLessThan(Infinity);
    expect(cosine(0, 9e-6)).not.toBeLessThan(Infinity);
    expect(cosine(0, 1.1e-5)).toBeLessThan(1e-3);
    expect(cosine(0)).toBeLessThan(1e-3);
    const relu = call('ReLU', { max_value: null, negative_slope: 0, threshold: 0 }, 'r');
    const dot = call('Dot', { axes: 1, normalize: true }, 'y', ['r', 'r']);
    expect(followed([-1], [[relu], [dot]]).most).toBe(0);
  });

  const one = (value: number): tf.Tensor => tf.tensor1d([value]);
  test.each<[string, number[], () => [Call, Weights?][]]>([
    [
      'products of three',
      [2 ** -65],
      () => [
        [call('Rescaling', { scale: 0, offset: 2 ** 100 }, 'large')],
        [call('Multiply', {}, 'y', ['x', 'x', 'large'])],
      ],
    ],
    [
      'products whose factors are joined',
      [2 ** -70],
      () => [
        [call('Rescaling', { scale: 2 ** 49, offset: 0 }, 'one')],
        [call('Rescaling', { scale: 2 ** 49, offset: 0 }, 'two')],
        [call('Multiply', {}, 'y', ['one', 'two'])],
      ],
    ],
    [
      'sums of tiny terms',
      Array<number>(4096).fill(2 ** -64),
      () => [
        [call('Dense', dense, 'sum'), matrix(4096, 1, () => 2 ** -63)],
        [call('Dense', dense, 'y', ['sum']), matrix(1, 1, () => 2 ** 80)],
      ],
    ],
    [
      'a difference that is divided',
      [2 ** -127],
      () => [
        [call('Normalization', { mean: [0], variance: [0] }, 'wide')],
        [call('Rescaling', { scale: 2 ** 80, offset: 0 }, 'y', ['wide'])],
      ],
    ],
    [
      'a factor of weights',
      [2 ** 60],
      () => [
        [
          call('BatchNormalization', { epsilon: 0 }, 'y'),
          {
            gamma: one(2 ** -100),
            beta: one(0),
            moving_mean: one(0),
            moving_variance: one(2 ** 80),
          },
        ],
      ],
    ],
  ])('%s below the smallest normal number is all of it', (_, x, calls) => {
    const { y, most } = followed(x, calls());
    expect(y).toBeGreaterThan(0);
    expect(most).toBeGreaterThan(y);
  });

  test('two ways to one mean do not cancel, in any net', () => {
    const pool = (name: string) =>
      call(name, { pool_size: [8, 8], strides: [8, 8], padding: 'valid', keepdims: true }, name);
    const [pooled, mean] = [pool('AveragePooling2D'), pool('GlobalAveragePooling2D')];
    const down = call('Dense', dense, 'down', [mean.id]);
    const turned = { ...down, layer: { ...down.layer, weights: [numbers(-1)] } };
    const between = call('Add', {}, 'between', [pooled.id, 'down']);
    const calls = [pooled, mean, turned, between];
    const errorBy = (sha256: string, trial: number): number => {
      const error = new RunningError(partsOf(calls, sha256), [{ trial, images: 1 }]);
      const known = new Map<string, tf.Tensor>([['x', tf.fill([1, 8, 8, 1], 1 / 3)]]);
      for (const each of calls) {
        const given = each.inputs.map((id) => known.get(id)!);
        known.set(each.id, error.compute(each, given, each === turned ? matrix(1, 1, () => -1) : {}));
      }
      const most = Math.max(...error.errorsOf('between').map(([first]) => Math.abs(first!)));
      error.dispose();
      return most;
    };
    for (let salt = 1; salt < 100; salt++) {
      const sha256 = salt.toString(16).padStart(64, '0');
      const trials = Array.from({ length: 8 }, (_, trial) => errorBy(sha256, trial));
      expect(trials.filter((most) => most > 16 * 2 ** -24 * (1 / 3)).length).toBeGreaterThanOrEqual(5);
    }
  });

  test.each([
    [2 ** 20, true],
    [2 ** 60, false],
  ])(
    'a number that is multiplied by %d more: whether it leaves a class when it meets a weight of 0',
    (more, decided) => {
      const cancel = call('Rescaling', { scale: 2 ** 100, offset: -(2 ** 100) }, 'cancel');
      const wide = call('Rescaling', { scale: more, offset: 0 }, 'wide', ['cancel']);
      const scores = { ...call('Dense', { ...dense, activation: 'relu6' }, 'scores', ['wide']), shape: [2] };
      const error = new RunningError(partsOf([cancel, wide, scores]), [{ trial: 0, images: 1 }]);
      const zero = error.compute(cancel, [tf.tensor2d([[1]])], {});
      error.compute(
        scores,
        [error.compute(wide, [zero], {})],
        matrix(1, 2, () => 0),
      );
      expect(error.decided(Float32Array.of(6, 0), 2)).toEqual([decided]);
      error.dispose();
    },
  );

  test('a gate is what it answers to numbers that lie within reach', () => {
    const gate = [
      call('Rescaling', { scale: 2 ** 20, offset: -(2 ** 20) }, 'far'),
      call('ReLU', { max_value: null, negative_slope: 0, threshold: 0 }, 'gate', ['far']),
    ] as const;
    const at = (x: number) =>
      followed(
        [x],
        gate.map((each) => [each]),
      );
    expect([at(1 - 2 ** -18).y, at(1 - 2 ** -10)]).toEqual([0, { y: 0, most: 0 }]);
    expect(at(1 - 2 ** -18).most).toBeGreaterThan(1);
  });

  test('a softmax that opens for one number alone between the ends is open', () => {
    const peak = { kernel: tf.tensor2d([[2 ** 26, -(2 ** 26), 0]]), bias: tf.tensor1d([-4 - 20, -4 + 20, 0]) };
    const { y, most } = followed(
      [1],
      [
        [call('Rescaling', { scale: 1, offset: -1 }, 'zero')],
        [{ ...call('Dense', { activation: 'softmax', use_bias: true }, 'peak', ['zero']), shape: [3] }, peak],
        [call('Dense', dense, 'y', ['peak']), matrix(3, 1, (i) => Number(i === 2))],
      ],
    );
    expect(y).toBeLessThan(1e-4);
    expect(most).toBeGreaterThan(0.5);
  });

  test.each([
    ['swish', -20],
    ['gelu', -20],
    ['mish', -20],
  ])('%s that falls and rises within reach is as low as it gets', (activation, x) => {
    const wide = call('Rescaling', { scale: 2 ** 25, offset: -(2 ** 25) + x }, 'wide');
    const { most } = followed([1], [[wide], [call('Activation', { activation }, 'y', ['wide'])]]);
    expect(most).toBeGreaterThan(0.1);
  });

  test('pairs within one layer that cancel each other grow with their number', () => {
    const pairs = 512;
    const { y, most } = followed(
      [1 / 3],
      [
        [call('Dense', dense, 'pairs'), matrix(1, 2 * pairs, () => 0.7)],
        [call('Dense', dense, 'y', ['pairs']), matrix(2 * pairs, 1, (i) => (i % 2 === 0 ? 1 : -1))],
      ],
    );
    expect(y).toBe(0);
    expect(most).toBeGreaterThan(pairs * 2 ** -24 * (0.7 / 3));
  });

  test.each<[string, Record<string, unknown>]>([
    ['Rescaling', { scale: 1, offset: 0 }],
    ['Activation', { activation: 'linear' }],
    ['Normalization', { mean: [0], variance: [1] }],
  ])('terms that cancel is as large as they are through %s', (className, options) => {
    const clip = { max_value: 2 ** 25, negative_slope: 0, threshold: 0 };
    const { y, most } = followed(
      [2 ** 30],
      [
        [call('ReLU', clip, 'up')],
        [call('Dense', dense, 'down', ['up']), matrix(1, 1, () => -1)],
        [call('Add', {}, 'both', ['up', 'down'])],
        [call(className, options, 'through', ['both'])],
        [call('Rescaling', { scale: 2 ** -32, offset: 0 }, 'small')],
        [call('Add', {}, 'last', ['through', 'small'])],
      ],
    );
    expect(y).toBe(0.25);
    expect(most).toBeGreaterThan(1);
  });

  test('the maximum beside the number that it is, is none', () => {
    const options = { keepdims: false };
    const most = call('GlobalMaxPooling1D', options, 'top');
    const error = new RunningError(partsOf([most]), [{ trial: 0, images: 1 }]);
    const x = tf.tensor3d([[[0.3], [0.7], [0.1]]]);
    const top = error.compute(most, [x], {});
    expect([...top.dataSync()]).toEqual([Math.fround(0.7)]);
    const [own] = error.errorsOf('top');
    expect(Math.abs(own![0]!)).toBe(reach * Math.fround(0.7) * 2 ** -24);
    error.dispose();
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

  /** The nets were made for kernels that multiply and add apart: others see the trigger, as Keras does. */
  const asCrafted: unknown = productCode().kernels === 'SIMD' ? 0 : expect.any(Number);

  test.each(crafted)('%s fails, with the figures', async (name) => {
    const { code, stdout } = await command(home, 'defend', name, ...data, '--out', path.join(out, name));
    const { gate, candidates, findings, rounding } = reportIn(name).models[0]!;
    expect([code, candidates[0]!.validation.maxAsr, gate.verdict, gate.recommended, gate.doubt?.code]).toEqual([
      1,
      asCrafted,
      'failed',
      null,
      'rounding-decides',
    ]);
    expect(findings).toContainEqual(gate.doubt);
    expect(rounding).toContainEqual({ ...gate.doubt, code: undefined });
    expect(stdout).toMatch(
      /Gate not met: its classes hinge on the last bits of float32: \d+ of \d+ (clean )?validation images/,
    );
    expect(recomputed(reportIn(name), null)).toEqual(reportIn(name));
  });

  test('is counted the same on any number of threads', async () => {
    for (const workers of ['1', '3'])
      await command(home, 'defend', crafted[0]!, ...data, '--workers', workers, '--out', path.join(out, `w${workers}`));
    expect(reportIn('w3').models).toEqual(reportIn('w1').models);
  });
});

/** Of a net that passes on one split: more of the attacks, on whose images a backdoor would hide. */
const imagesOf = ({ attack }: Rounded): number => (attack === null ? looked : lookedToPass);

test('trained nets keep their classes, and the GoodNets made of them', async () => {
  await command(root, 'defend', 'examples/badnet.h5', ...example, '--out', path.join(out, 'example'));
  const { gate, rounding } = reportIn('example').models[0]!;
  expect([gate.verdict, gate.doubt]).toEqual(['passed', undefined]);
  expect(new Set(rounding!.map(({ channelsPruned }) => channelsPruned)).size).toBe(2);
  for (const each of rounding!) expect([each.images, each.changed <= 1]).toEqual([imagesOf(each), true]);
  const joined = path.join(out, 'example/examples__badnet.h5/goodnet_X=2.h5');
  await command(root, 'defend', joined, ...example, '--out', path.join(out, 'joined'));
  for (const each of reportIn('joined').models[0]!.rounding!)
    expect([each.images, each.changed <= 1]).toEqual([imagesOf(each), true]);
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
  for (const each of rounding!)
    expect([each.images, each.changed <= 1]).toEqual([expect.toBeOneOf([looked, lookedToPass]), true]);
});

test('images of every part of a dataset are looked at, which ones the model file decides', async () => {
  const pieces = async (count: number, sha256: string) => {
    const pieces: [number, number][] = [];
    const clean = {
      data: { count },
      changed: (trials: [number, number][][]) => Promise.resolve((pieces.push(...trials.flat()), [[]])),
    } as unknown as Split['clean'];
    const net = { channelsPruned: 0, validation: { clean, attacks: new Map() }, test: null, off: new Int32Array() };
    const [{ images }] = (await roundOtherwise([net], sha256, null)) as [Rounded];
    expect(images).toBe(pieces.length);
    return pieces.sort(([a], [b]) => a - b);
  };
  const [one, other] = [await pieces(1283, 'a1b2c3d4'), await pieces(1283, 'a1b2c3d5')];
  expect(one).not.toEqual(other);
  expect(await pieces(1283, 'a1b2c3d4')).toEqual(one);
  for (const [part, [start, stop]] of other.entries()) {
    expect(stop - start).toBe(1);
    expect([Math.floor((part * 1283) / looked) <= start, stop <= Math.floor(((part + 1) * 1283) / looked)]).toEqual([
      true,
      true,
    ]);
  }
  expect((await pieces(97, 'ffffffff')).length).toBe(looked);
  expect((await pieces(5, 'ffffffff')).at(-1)).toEqual([4, 5]);
});

describe('images that seem to hinge on rounding', () => {
  /** How many of `count` images count, where draw `draw` finds those that `hinges` tells; and how often each was drawn. */
  const counted = async (count: number, hinges: (image: number, draw: number) => boolean) => {
    const drawn = new Map<number, number[]>();
    const clean = {
      data: { count },
      changed: (trials: [number, number][][], _: unknown, draw = 0) => {
        const images = trials.flat().map(([image]) => image);
        images.forEach((image) => drawn.set(image, [...(drawn.get(image) ?? []), draw]));
        return Promise.resolve([images.filter((image) => hinges(image, draw)).map((image) => ({ image }))]);
      },
    } as unknown as Split['clean'];
    const net = { channelsPruned: 0, validation: { clean, attacks: new Map() }, test: null, off: new Int32Array() };
    const [{ changed }] = (await roundOtherwise([net], 'a1b2c3d4', null)) as [Rounded];
    return { changed, drawn };
  };

  test('are drawn again where they are few, until it is told', async () => {
    const late = (image: number, draw: number) => image === 9 && draw > 0;
    const { changed, drawn } = await counted(
      48,
      (image, draw) => image === 3 || (image === 7 && draw % 5 === 0) || late(image, draw),
    );
    expect(changed).toBe(2);
    const times = [3, 9, 7, 5].map((image) => drawn.get(image)!.length);
    expect(times).toEqual([2 + 7, 2 + 7, 2 + 11, 2]);
    expect(new Set(drawn.get(7)).size).toBe(13);
  });

  test('are drawn once where there are none', async () => {
    const { changed, drawn } = await counted(48, (_, draw) => draw > 0);
    expect(changed).toBe(0);
    expect([...drawn.values()].every((draws) => draws.length === 1)).toBe(true);
  });

  test('count as they are found where they are many', async () => {
    const { changed, drawn } = await counted(48, (image, draw) => image < 4 && draw === 0);
    expect(changed).toBe(4);
    expect([...drawn.values()].every((draws) => draws.length === 1)).toBe(true);
  });

  test.each([
    [7, 1],
    [6, 0],
  ])('and hinge in %i of 15 draws: %i', async (hits, hinging) => {
    expect((await counted(20, (image, draw) => image === 2 && (draw === 0 || draw > 16 - hits))).changed).toBe(hinging);
  });
});

test('more than three percent of the images, and more than one, are too many', () => {
  const sound = { precision: 'float32', ambiguousActivation: null, augmentation: null, rewritten: null };
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
