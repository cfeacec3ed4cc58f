import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { CopiedMemory } from '../../src/engine/kernels/copied-memory.ts';
import { EngineMemory } from '../../src/engine/kernels/engine-memory.ts';
import {
  addBends,
  addRoundings,
  bent,
  clampErrors,
  type Drawn,
  type Errors,
  flushed,
  largestOf,
  largestOfEach,
  registerErrors,
  sizesOf,
  worlds,
} from '../../src/engine/kernels/errors.ts';
import { bowAt, moved } from '../../src/engine/rounding/bends.ts';
import { ofWorld } from '../../src/engine/rounding/worlds.ts';
import { guardTensors } from '../guarded-memory.ts';
import { random } from '../random-nets.ts';
import { startEngine, testEngine } from '../support.ts';

beforeAll(startEngine);

const counts = [1, 2, 3, 4, 5, 7, 8, 63];
const drawn: Drawn[] = [
  { images: 1, keys: [0x9e3779b9, 7], one: -1.5 },
  { images: 2, keys: [5, 0xdeadbeef], one: 0.25 },
];
const images = 3;

function numbers(rows: number, count: number, seed: number, scale = 1): tf.Tensor2D {
  const draw = random(seed);
  return tf.tensor2d(
    Float32Array.from({ length: rows * count }, () => scale * (2 * draw() - 1)),
    [rows, count],
  );
}

/** Errors world by world, image by image, and the largest of them. */
function read({ errors, most }: Errors): { errors: Float32Array[][]; most: Float32Array[] } {
  const [all, largest] = [errors, most].map((tensor) => tensor.dataSync<'float32'>().slice()) as [
    Float32Array,
    Float32Array,
  ];
  const size = largest.length / images;
  const row = (values: Float32Array, i: number) => values.slice(i * size, (i + 1) * size);
  return {
    errors: Array.from({ length: worlds }, (_, world) =>
      Array.from({ length: images }, (__, image) => row(all, world * images + image)),
    ),
    most: Array.from({ length: images }, (_, image) => row(largest, image)),
  };
}

/** That `most` is the largest of the errors, and nothing beside the tensors was touched. */
function guarded(work: () => Errors): ReturnType<typeof read> {
  const guard = testEngine === 'wasm' ? guardTensors() : null;
  try {
    const found = tf.tidy(() => read(work()));
    for (const [image, most] of found.most.entries())
      for (const [i, largest] of most.entries())
        expect(largest).toBe(Math.max(...found.errors.map((world) => Math.abs(world[image]![i]!))));
    if (guard !== null) expect(guard.overwritten()).toBe(0);
    return found;
  } finally {
    guard?.remove();
  }
}

describe.each(counts)('of %i numbers', (count) => {
  test('roundings are as large as they are told, with the draws of their images', () => {
    const [terms, before] = [numbers(images, count, 1), numbers(worlds * images, count, 2)];
    const sizes = tf.relu(terms); // half of them are 0
    const { errors: made } = guarded(() => addRoundings(sizes, 0.5, 0.125, null, drawn));
    const { errors: added } = guarded(() => addRoundings(sizes, 0.5, 0.125, before, drawn));
    const [size, old] = [sizes, before].map((tensor) => tensor.dataSync<'float32'>()) as [Float32Array, Float32Array];
    for (let image = 0; image < images; image++)
      for (let i = 0; i < count; i++) {
        const own = size[image * count + i]!;
        const whole = own === 0 ? 0 : 0.5 * own + 0.125;
        const of = made.map((world) => world[image]![i]!);
        expect([of[0], of[4]]).toEqual([Math.fround(whole), Math.fround(whole)]);
        expect(of[1]).toBeCloseTo(whole * (image === 0 ? -1.5 : 0.25), 6);
        expect([Math.abs(of[5]!), Math.abs(of[6]!)]).toEqual([Math.fround(whole), Math.fround(whole)]);
        added.forEach((world, w) =>
          expect(world[image]![i]).toBe(Math.fround(old[(w * images + image) * count + i]! + of[w]!)),
        );
        if (image === 2 && own > 0 && size[count + i]! > 0) {
          const [one, two] = [made[2]![1]![i]!, made[2]![2]![i]!];
          expect(one / size[count + i]! < 0).toBe(two / own < 0);
        }
      }
    tf.dispose([terms, before, sizes]);
  });

  test.each([
    [0, Infinity],
    [0, 6],
    [0, 1e-3],
  ])('a clamp between %d and %d bends errors as its answers do', (least, most) => {
    const x = tf.concat([numbers(2, count, 3), tf.mul(numbers(1, count, 4), 1e-3)]);
    const errors = numbers(worlds * images, count, 5, 0.5);
    const answer = ([given]: tf.Tensor[]): tf.Tensor => tf.clipByValue(given!, least, Math.min(most, 3e38));
    const found = guarded(() => clampErrors(x, [least, most], errors, drawn));
    const wanted = tf.tidy(() => {
      const wide = tf.concat(Array.from({ length: worlds }, () => x));
      const tilted = tf.mul(tf.sub(answer([tf.add(wide, errors)]), answer([tf.sub(wide, errors)])), 0.5);
      const farthest = moved(answer, [x], [largestOf(errors)], answer([x]), least);
      const untold = tf.relu(tf.sub(farthest, largestOf(tilted)));
      const kinks = most === Infinity ? [least] : [least, most];
      const bows = [4, 5, 6].map((world) => bowAt(kinks, answer, x, ofWorld(errors, world)));
      return read(addBends(untold, tf.concat(bows), tilted, drawn));
    });
    found.errors.flat().forEach((row, r) =>
      row.forEach((error, i) => {
        const other = wanted.errors.flat()[r]![i]!;
        expect(Math.abs(error - other)).toBeLessThan(1e-5 + 1e-4 * Math.abs(other));
      }),
    );
    tf.dispose([x, errors]);
  });

  test('what is bent is handed on, with what it hides', () => {
    const [untold, bows] = [tf.abs(numbers(images, count, 6)), tf.abs(numbers(bent * images, count, 7))];
    const before = numbers(worlds * images, count, 8);
    const { errors } = guarded(() => addBends(untold, bows, before, drawn));
    const [told, old] = [untold, before].map((tensor) => tensor.dataSync<'float32'>()) as [Float32Array, Float32Array];
    for (let image = 0; image < images; image++)
      for (let i = 0; i < count; i++) {
        const [own, at] = [told[image * count + i]!, (w: number) => old[(w * images + image) * count + i]!];
        expect(errors[0]![image]![i]).toBe(Math.fround(at(0) + own));
        for (const w of [2, 3]) expect(Math.abs(errors[w]![image]![i]! - at(w))).toBeLessThan(1.7321 * own + 1e-6);
        for (const w of [4, 5, 6]) expect(errors[w]![image]![i]).not.toBe(at(w));
      }
    tf.dispose([untold, bows, before]);
  });
});

test('draws of many numbers are spread as they should be', () => {
  const count = 1 << 16;
  const ones = tf.ones([images, count]);
  const { errors } = tf.tidy(() => read(addRoundings(ones, 1, 0, null, drawn)));
  const share = (values: Float32Array, is: (x: number) => boolean) => values.filter(is).length / count;
  for (const image of [0, 1]) {
    for (const w of [2, 3]) {
      expect(share(errors[w]![image]!, (x) => x > 0)).toBeCloseTo(0.5, 2);
      expect(share(errors[w]![image]!, (x) => Math.abs(x) < 1)).toBeCloseTo(0.5, 2);
      expect(share(errors[w]![image]!, (x) => Math.abs(x) > 100)).toBeCloseTo(2 / Math.PI / 100, 2);
    }
    for (const w of [5, 6]) expect(share(errors[w]![image]!, (x) => x > 0)).toBeCloseTo(0.5, 2);
    const pairs = [
      [2, 3],
      [2, 5],
      [3, 6],
      [5, 6],
    ] as const;
    for (const [a, b] of pairs) {
      const agree = errors[a]![image]!.filter((x, i) => x > 0 === errors[b]![image]![i]! > 0).length;
      expect(agree / count).toBeCloseTo(0.5, 2);
    }
  }
  expect(errors.map((world) => world[1])).toEqual(errors.map((world) => world[2]));
  expect(errors[5]![0]).not.toEqual(errors[5]![1]);
  ones.dispose();
});

test('what is no number, or too large for one, is the largest of all', () => {
  const errors = tf.tensor2d([[1, NaN, 3], ...Array.from({ length: worlds - 1 }, () => [-4, 2, Infinity])]);
  expect([...largestOf(errors).dataSync()]).toEqual([4, NaN, Infinity]);
  const all = tf.tensor2d([
    [1, -5, 2, 0, 3],
    [1, NaN, 3e38, 4, 5],
    [0, 0, 0, 0, -Infinity],
  ]);
  expect([...largestOfEach(all)]).toEqual([5, NaN, Infinity]);
});

test('sizes are told so that products do not lose them, and numbers below the smallest normal one are made 0', () => {
  const x = tf.tensor1d([-3, 2 ** -127, -(2 ** -126), 0, 2 ** -149]);
  expect([...sizesOf(x).dataSync()]).toEqual([3, 2 ** -62, 2 ** -62, 0, 2 ** -62]);
  expect([...flushed(x).dataSync()]).toEqual([-3, 0, -(2 ** -126), 0, 0]);
});

describe.runIf(testEngine === 'wasm')('in a memory beside the engine', () => {
  const register = (memory: CopiedMemory | EngineMemory): void => {
    for (const name of tf.getKernelsForBackend('wasm').map(({ kernelName }) => kernelName))
      if (/^Goodnet(Add|Clamp|Largest|Sizes|Flush)/.test(name)) tf.unregisterKernel(name, 'wasm');
    registerErrors(memory);
  };
  afterEach(() => register(new EngineMemory()));

  test('kernels compute the same', () => {
    const [x, before] = [numbers(images, 1001, 1), numbers(worlds * images, 1001, 2)];
    const all = () =>
      tf.tidy(() => [
        read(addRoundings(tf.abs(x), 0.5, 0.125, before, drawn)),
        read(clampErrors(x, [0, 6], before, drawn)),
        read(addBends(tf.abs(x), tf.slice(before, [0], [bent * images]), before, drawn)),
        [largestOf(before), sizesOf(x), flushed(x)].map((tensor) => tensor.dataSync()),
        largestOfEach(x),
      ]);
    const wanted = all();
    const { numTensors, numDataBuffers } = tf.memory();
    register(new CopiedMemory('wasm'));
    expect(all()).toEqual(wanted);
    expect(all()).toEqual(wanted);
    expect(tf.memory()).toMatchObject({ numTensors, numDataBuffers });
    tf.dispose([x, before]);
  });
});
