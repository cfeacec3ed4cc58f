import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { batches, mulberry32, partsOfABatch, shuffled, split } from '../../src/engine/training/draw.ts';
import { crossEntropy, logitsOf } from '../../src/engine/training/loss.ts';
import { PausedSearches } from '../../src/engine/training/paused-searches.ts';
import { exchangeMemory, inHalves, leave } from '../../src/engine/training/exchange.ts';
import { reverse } from '../../src/engine/training/reverse.ts';
import { SpillFile } from '../../src/engine/threads/spill-file.ts';
import { type Examples, train, type Trained, type TrainingSettings } from '../../src/engine/training/train.ts';
import { type ReversedTrigger, sizeOfMask, TriggerNet } from '../../src/engine/training/trigger-gradients.ts';
import type { Call, Model } from '../../src/models/net.ts';
import { random, randomNet } from '../random-nets.ts';
import { fixtures, loadModel, startEngine, testEngine } from '../support.ts';

const range = { least: [-1], most: [1] };
const numbers = (count: number): Int32Array => Int32Array.from({ length: count }, (_, i) => i);

/** Images of noise of the random nets' shape; class k has a brighter row k. */
function examples(count: number, classes: number, seed = 1): Examples {
  const r = random(seed);
  const labels = Int32Array.from({ length: count }, (_, i) => i % classes);
  const pixels = Float32Array.from({ length: count * 192 }, (_, i) => {
    const row = Math.floor((i % 192) / 24);
    return r() - 0.5 + (row === labels[Math.floor(i / 192)] ? 0.5 : 0);
  });
  return { labels, images: (wanted) => joined([...wanted].map((i) => pixels.subarray(i * 192, (i + 1) * 192))) };
}

function joined(parts: Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  parts.reduce((at, part) => (all.set(part, at), at + part.length), 0);
  return all;
}

const settings = (more: Partial<TrainingSettings> = {}): TrainingSettings => ({
  images: numbers(100),
  steps: 6,
  rate: 1e-3,
  seed: 1,
  ...more,
});

describe('what chance decides', () => {
  test('mulberry32 draws the same numbers everywhere', () => {
    const draw = mulberry32(1);
    expect([draw(), draw(), draw()]).toEqual([0.6270739405881613, 0.002735721180215478, 0.5274470399599522]);
  });

  test('80 to 20, each image once', () => {
    const { training, heldOut } = split(103, mulberry32(1));
    expect([training.length, heldOut.length]).toEqual([82, 21]);
    expect([...training, ...heldOut].sort((a, b) => a - b)).toEqual([...numbers(103)]);
    expect(shuffled(numbers(103), mulberry32(1))).toEqual(Int32Array.of(...training, ...heldOut));
  });

  test('an epoch is each image once, and the next one another order', () => {
    const drawn = batches(numbers(10), 4, mulberry32(2), 'kept');
    const some = Array.from({ length: 6 }, () => [...(drawn.next().value as Int32Array)]);
    expect(some.map(({ length }) => length)).toEqual([4, 4, 2, 4, 4, 2]);
    const epochs = [some.slice(0, 3).flat(), some.slice(3).flat()];
    for (const epoch of epochs) expect([...epoch].sort((a, b) => a - b)).toEqual([...numbers(10)]);
    expect(epochs[0]).not.toEqual(epochs[1]);
  });

  test('short batches are skipped where they are not wanted, and too few images make none', () => {
    const drawn = batches(numbers(10), 4, mulberry32(2), 'skipped');
    expect(Array.from({ length: 5 }, () => (drawn.next().value as Int32Array).length)).toEqual([4, 4, 4, 4, 4]);
    expect(batches(numbers(3), 4, mulberry32(2), 'skipped').next().done).toBe(true);
  });
});

describe('the loss', () => {
  test('cross entropy of logits, its slopes and hits', () => {
    const { sum, slopes, hits } = crossEntropy(Float32Array.of(1, 2, 0, 5, 5, 1000), Int32Array.of(1, 0), 'softmax', 2);
    const total = Math.exp(1) + Math.exp(2) + 1;
    expect(sum).toBeCloseTo(Math.log(total) - 2 + 995, 5);
    expect(slopes[0]).toBeCloseTo(Math.exp(1) / total / 2, 6);
    expect(slopes[1]).toBeCloseTo((Math.exp(2) / total - 1) / 2, 6);
    expect([...slopes.subarray(3)]).toEqual([-0.5, 0, 0.5]);
    expect(hits).toBe(1);
  });

  test('the same of the odds of one sigmoid', () => {
    const { sum, slopes, hits } = crossEntropy(Float32Array.of(2, -3, 800), Int32Array.of(1, 1, 0), 'sigmoid', 1);
    expect(sum).toBeCloseTo(Math.log1p(Math.exp(-2)) + Math.log1p(Math.exp(3)) + 800, 4);
    expect(slopes[0]).toBeCloseTo(1 / (1 + Math.exp(-2)) - 1, 6);
    expect([slopes[2], hits]).toEqual([1, 1]);
  });

  /** A random net that ends in other layers. */
  function endingIn(...ends: [className: string, options: Record<string, unknown>][]): Model {
    const model = randomNet(0);
    const last = model.calls.at(-1)!;
    const calls: Call[] = [
      ...model.calls.slice(0, -1),
      { ...last, layer: { ...last.layer, options: { ...last.layer.options, activation: 'linear' } } },
    ];
    for (const [i, [className, options]] of ends.entries())
      calls.push({
        id: `end_${i}`,
        layer: { ...last.layer, name: `end_${i}`, className, options, weights: [] },
        inputs: [calls.at(-1)!.id],
        shape: last.shape,
      });
    return { ...model, calls, output: calls.at(-1)!.id };
  }
  const activation = (name: string): [string, Record<string, unknown>] => ['Activation', { activation: name }];

  test('logits are what the last softmax is given, whatever hands its answer on', () => {
    expect(logitsOf(randomNet(0))).toEqual({ id: 'classes\0linear', kind: 'softmax' });
    for (const ends of [
      [['Softmax', { axis: -1 }]],
      [activation('softmax')],
      [activation('log_softmax')],
      [activation('softmax'), activation('linear')],
      [activation('linear'), ['Dropout', {}], activation('softmax'), ['Flatten', {}]],
    ] as [string, Record<string, unknown>][][]) {
      const model = endingIn(...ends);
      const { id } = logitsOf(model);
      const softmax = model.calls.find(
        ({ layer }) => layer.className === 'Softmax' || /softmax/.test(String(layer.options['activation'])),
      )!;
      expect(id).toBe(softmax.inputs[0]);
    }
  });

  test('scores without a bound are logits, others are refused by name', () => {
    expect(logitsOf(endingIn())).toEqual({ id: 'classes', kind: 'softmax' });
    expect(logitsOf(endingIn(['BatchNormalization', { epsilon: 1e-3 }]))).toEqual({ id: 'end_0', kind: 'softmax' });
    for (const name of ['sigmoid', 'tanh', 'relu', 'softsign'])
      expect(() => logitsOf(endingIn(activation(name)))).toThrow('layer end_0 (Activation) gives training nothing');
    expect(() => logitsOf(endingIn(activation('softmax'), ['Average', {}]))).toThrow('layer end_0 (Activation)');
    expect(() => logitsOf(endingIn(['Multiply', {}]))).toThrow('layer end_0 (Multiply)');
  });
});

describe.runIf(testEngine === 'wasm')('training', () => {
  beforeAll(startEngine);
  const model = randomNet(0);
  const data = examples(100, 5);

  test('brings the loss down, answers all weights that it trained and holds no tensor', async () => {
    const { weights, losses } = await train(model, data, settings({ steps: 60, rate: 3e-3 }));
    expect(losses.length).toBe(60);
    expect(losses.at(-1)!).toBeLessThan(losses[0]! / 2);
    const all = model.calls.flatMap(({ layer }) => layer.weights);
    const trained = all.filter(({ name }) => !name.startsWith('moving_') && !/^(mean|variance)$/.test(name));
    expect([...weights.keys()].sort()).toEqual([...new Set(trained.map(({ path }) => path))].sort());
    for (const { path, values } of trained) expect(weights.get(path)).not.toEqual(values);
    expect(tf.memory().numTensors).toBe(0);
  });

  test('is the same to the byte each time, and another with another seed', async () => {
    const [one, two, other] = [
      await train(model, data, settings()),
      await train(model, data, settings()),
      await train(model, data, settings({ seed: 2 })),
    ];
    expect(two).toEqual(one);
    expect(other.losses).not.toEqual(one.losses);
  });

  const teams = [2, 4, 8].filter((of) => of <= partsOfABatch);

  /** The same by members on this thread: what the first answers, with the losses of all added up. */
  async function byTeam(of: number, wanted: TrainingSettings, from = data): Promise<Trained> {
    const memory = exchangeMemory(of);
    const members = Array.from({ length: of }, (_, place) => train(model, from, wanted, { place, of, memory }));
    const all = await Promise.all(members);
    for (const { weights } of all.slice(1)) expect(weights.size).toBe(0);
    const losses = inHalves(
      all.map((each) => each.losses),
      (a, b) => a.map((loss, step) => loss + b[step]!),
    );
    return { weights: all[0]!.weights, losses };
  }

  test.each(teams)('by %i members is the same to the byte, also of short batches and with triggers', async (of) => {
    const kernel = model.calls.find(({ layer }) => layer.name === 'stem')!.layer.weights[0]!;
    const r = random(9);
    const triggers = [7, 8, 9].map((value) => ({
      mask: Float32Array.from({ length: 64 }, () => r()),
      pattern: new Float32Array(192).fill(value),
    }));
    for (const more of [
      {},
      { triggers },
      { images: numbers(1), triggers },
      { images: numbers(67), triggers, masks: new Map([[kernel.path, kernel.values.map((_, i) => i % 2)]]) },
    ]) {
      const wanted = settings({ steps: 5, ...more });
      expect(await byTeam(of, wanted)).toEqual(await train(model, data, wanted));
    }
    expect(tf.memory().numTensors).toBe(0);
  });

  test('by members goes astray where it does by one', async () => {
    const wanted = settings({ rate: Infinity });
    const [alone, together] = [await train(model, data, wanted), await byTeam(2, wanted)];
    expect(alone.losses.every(Number.isFinite)).toBe(false);
    expect(together.losses).toEqual(alone.losses);
  });

  test('by members that lose one ends early, and holds no tensor', async () => {
    const memory = exchangeMemory(2);
    const told: number[] = [];
    const training = train(model, data, settings(), { place: 0, of: 2, memory }, (images) => told.push(images));
    leave(memory);
    await training;
    expect(told).toEqual([]);
    expect(tf.memory().numTensors).toBe(0);
  });

  test('goes on from other weights', async () => {
    const { weights } = await train(model, data, settings());
    const again = await train(model, data, settings({ from: weights, steps: 1 }));
    const first = await train(model, data, settings({ steps: 1 }));
    expect(again.losses[0]!).toBeLessThan(first.losses[0]!);
  });

  test('masked weights stay as they are, the others do not', async () => {
    const kernel = model.calls.find(({ layer }) => layer.name === 'stem')!.layer.weights[0]!;
    const mask = kernel.values.map((_, i) => i % 2);
    const pruned = kernel.values.map((value, i) => value * (i % 2));
    const { weights } = await train(
      model,
      data,
      settings({ from: new Map([[kernel.path, pruned]]), masks: new Map([[kernel.path, mask]]) }),
    );
    const found = weights.get(kernel.path)!;
    expect(found.filter((_, i) => i % 2 === 0).every((value) => value === 0)).toBe(true);
    expect(found.filter((value, i) => i % 2 === 1 && value === pruned[i]).length).toBe(0);
  });

  test('frozen layers stand; a net of nothing else is refused', async () => {
    const frozen = (names: (name: string) => boolean): Model => ({
      ...model,
      calls: model.calls.map((call) => ({
        ...call,
        layer: { ...call.layer, trainable: !names(call.layer.name) },
      })),
    });
    const { weights } = await train(
      frozen((name) => name === 'stem'),
      data,
      settings({ steps: 1 }),
    );
    expect([...weights.keys()].filter((path) => path.startsWith('stem/'))).toEqual([]);
    expect(weights.size).toBeGreaterThan(0);
    await expect(
      train(
        frozen(() => true),
        data,
        settings(),
      ),
    ).rejects.toThrow('every layer of the net is frozen');
    expect(tf.memory().numTensors).toBe(0);
  });

  test('a file says which layers are frozen, in nets inside it, too', async () => {
    const wanted = { deep: ['conv'], transfer: ['conv', 'bn', 'relu', 'conv_out', 'depthwise', 'conv_side', 'add'] };
    for (const [name, inside] of Object.entries(wanted))
      for (const file of ['keras2.h5', 'keras3.h5', 'keras2.keras', 'keras3.keras']) {
        const { model: net } = await loadModel(path.join(fixtures, `formats/${name}.${file}`));
        const frozen = net.calls.filter(({ layer }) => !layer.trainable).map(({ layer }) => layer.name);
        expect(new Set(frozen), file).toEqual(new Set(inside.map((layer) => `base/${layer}`)));
      }
  });

  test('triggers are stamped in turn on the first half of each batch', async () => {
    const drawn: Float32Array[] = [];
    const recorded: Examples = {
      labels: data.labels,
      images: (numbers) => {
        const images = data.images(numbers);
        drawn.push(images);
        return images;
      },
    };
    const whole = (value: number): ReversedTrigger => ({
      mask: new Float32Array(64).fill(1),
      pattern: new Float32Array(192).fill(value),
    });
    await train(model, recorded, { ...settings({ steps: 2 }), triggers: [7, 8, 9].map(whole) });
    const [first, second] = drawn.map((images) =>
      Array.from({ length: images.length / 192 }, (_, i) => {
        const own = images.subarray(i * 192, (i + 1) * 192);
        return own.every((value) => value === own[0]) ? own[0] : null;
      }),
    );
    const inTurn = Array.from({ length: 32 + 18 }, (_, i) => 7 + (i % 3));
    expect(first).toEqual([...inTurn.slice(0, 32), ...Array<null>(32).fill(null)]);
    expect(second).toEqual([...inTurn.slice(32), ...Array<null>(18).fill(null)]);
  });

  test('a trigger grows as its gradients say', () => {
    const net = new TriggerNet(model);
    const r = random(5);
    const parameters = {
      a: Float64Array.from({ length: 64 }, () => r() - 0.5),
      b: Float64Array.from({ length: 192 }, () => r()),
    };
    const images = data.images(numbers(8));
    const at = (name: 'a' | 'b', i: number, by: number): number => {
      const moved = { a: parameters.a.slice(), b: parameters.b.slice() };
      moved[name][i]! += by;
      return net.gradients(images, 3, moved, 1e-2, range).loss;
    };
    const found = net.gradients(images, 3, parameters, 1e-2, range);
    for (const name of ['a', 'b'] as const) {
      const largest = Math.max(...found[name].map(Math.abs));
      for (const i of [0, 7, 33, 63]) {
        const slope = (at(name, i, 1e-2) - at(name, i, -1e-2)) / 2e-2;
        expect(Math.abs(slope - found[name][i]!) / largest).toBeLessThan(2e-2);
      }
    }
    net.dispose();
    expect(tf.memory().numTensors).toBe(0);
  });

  test('a reversed trigger makes the net answer its class, with a small mask, the same each time', async () => {
    const { weights } = await train(model, data, settings({ steps: 60, rate: 3e-3 }));
    const wanted = { target: 2, steps: 60, range, edits: weights };
    const found = await reverse(model, data, wanted);
    expect(found.reached).toBe(true);
    expect(found.success).toBeGreaterThanOrEqual(0.98);
    expect(found.l1).toBeCloseTo(sizeOfMask(found), 6);
    expect(found.l1).toBeLessThan(32);
    expect(await reverse(model, data, wanted)).toEqual(found);
    expect(tf.memory().numTensors).toBe(0);
  });

  test.each(['in memory', 'in a file'])('a search that waited %s goes on as if it had not', async (where) => {
    const file = new SpillFile();
    const paused = new PausedSearches(where === 'in a file' ? file.numbers('searches') : null);
    let computed = 0;
    const counting = { ...data, images: (some: Int32Array) => (computed++, data.images(some)) };
    const { weights } = await train(model, data, settings({ steps: 60, rate: 3e-3 }));
    const wanted = (target: number, steps: number, series = 1) => ({ target, steps, range, edits: weights, series });
    const once = [await reverse(model, data, wanted(2, 55)), await reverse(model, data, wanted(4, 55))];
    for (const target of [2, 4]) await reverse(model, counting, wanted(target, 25), paused);
    const found = [];
    for (const target of [2, 4]) found.push(await reverse(model, counting, wanted(target, 55), paused));
    expect(found).toEqual(once);
    expect(computed).toBe(2 * 55);
    expect(await reverse(model, counting, wanted(2, 55, 2), paused)).toEqual(once[0]); // nothing of this series waits
    expect(computed).toBe(3 * 55);
    expect(await reverse(model, counting, wanted(2, 40, 2), paused)).toEqual(
      await reverse(model, data, wanted(2, 40)), // it went on for too long
    );
    file.close();
  });

  test('too few images of other classes are refused', async () => {
    const few = { ...data, labels: data.labels.map((label, i) => (i < 31 ? label : 2)) };
    await expect(reverse(model, few, { target: 2, steps: 1, range })).rejects.toThrow('at least 32 are needed');
  });
});
