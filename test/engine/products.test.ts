import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { convolve, convolveEach, meanOf, normalize, packed, type Sliding } from '../../src/engine/kernels/products.ts';
import { guardTensors } from '../guarded-memory.ts';
import { startEngine, testEngine } from '../support.ts';

const ours = testEngine === 'wasm';

interface Sizes {
  images: number;
  channels: number;
  filters: number;
  groups: number;
  kernel: [number, number];
  strides: [number, number];
  dilation: [number, number];
  over: [number, number];
  bias: boolean;
  clamp: [number, number];
  seed: number;
}

const pair = (most: number): fc.Arbitrary<[number, number]> =>
  fc.tuple(fc.integer({ min: 1, max: most }), fc.integer({ min: 1, max: most }));
const sizes: fc.Arbitrary<Sizes> = fc.record({
  images: fc.integer({ min: 0, max: 3 }),
  channels: fc.integer({ min: 1, max: 19 }),
  filters: fc.integer({ min: 1, max: 19 }),
  groups: fc.integer({ min: 1, max: 3 }),
  kernel: pair(4),
  strides: pair(5),
  dilation: pair(3),
  over: fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 })),
  bias: fc.boolean(),
  clamp: fc.constantFrom([-Infinity, Infinity], [0, Infinity], [0, 6]),
  seed: fc.integer({ min: 0, max: 2 ** 30 }),
});

/** Numbers about 0, each sign as often. */
function numbers(count: number, seed: number): Float32Array {
  let state = seed;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

/** What stands in memory: an image's patch is `groups` times `channels` wide, filter f reads those of its group. */
function inFloat64(
  x: Float32Array,
  w: Float32Array,
  b: Float32Array | null,
  shape: number[],
  s: Sizes,
  size: number[],
) {
  const [images, height, width, all] = shape as [number, number, number, number];
  const own = s.filters;
  const filters = own * s.groups;
  const answers: number[] = [];
  for (let i = 0; i < images; i++)
    for (let row = 0; row < size[0]!; row++)
      for (let column = 0; column < size[1]!; column++)
        for (let f = 0; f < filters; f++) {
          let sum = b === null ? 0 : b[f]!;
          for (let a = 0; a < s.kernel[0]; a++)
            for (let d = 0; d < s.kernel[1]; d++)
              for (let c = 0; c < s.channels; c++) {
                const [y, z] = [row * s.strides[0] + a * s.dilation[0], column * s.strides[1] + d * s.dilation[1]];
                const from = ((i * height + y) * width + z) * all + Math.floor(f / own) * s.channels + c;
                sum += x[from]! * w[((a * s.kernel[1] + d) * s.channels + c) * filters + f]!;
              }
          answers.push(Math.min(Math.max(sum, s.clamp[0]), s.clamp[1]));
        }
  return answers;
}

function check(s: Sizes, each: boolean): void {
  const size = s.over.map((more, axis) => Math.floor(more / s.strides[axis]!) + 1) as [number, number];
  const [height, width] = [0, 1].map((axis) => (s.kernel[axis]! - 1) * s.dilation[axis]! + 1 + s.over[axis]!);
  const shape = [s.images, height!, width!, s.channels * s.groups];
  const filters = s.filters * s.groups;
  const x = numbers(
    shape.reduce((a, b) => a * b),
    s.seed,
  );
  const w = numbers(s.kernel[0] * s.kernel[1] * s.channels * filters, s.seed + 1);
  const b = s.bias ? numbers(filters, s.seed + 2) : null;
  const sliding: Sliding = { strides: s.strides, dilation: s.dilation, size, least: s.clamp[0], most: s.clamp[1] };
  const answer = (inAdvance: boolean): tf.Tensor => {
    const kernel = tf.tensor(w, [...s.kernel, ...(each ? [filters, 1] : [s.channels, filters])]);
    const [image, bias] = [tf.tensor(x, shape), b === null ? undefined : tf.tensor(b)];
    if (each) return convolveEach(image, kernel, bias, sliding);
    return convolve(image, inAdvance ? packed(kernel, s.groups) : kernel, bias, sliding, filters);
  };
  const expected = inFloat64(x, w, b, shape, s, size);
  for (const inAdvance of each ? [false] : [false, true])
    expectGuarded(() => answer(inAdvance), [s.images, ...size, filters], expected);
}

/** What `work` answers, and that nothing is read or written beside its tensors. */
function expectGuarded(work: () => tf.Tensor, shape: number[], expected: ArrayLike<number>): void {
  const guard = guardTensors();
  try {
    const found = tf.tidy(() => {
      const y = work();
      expect(y.shape).toEqual(shape);
      return y.dataSync<'float32'>().slice();
    });
    expect(found.length).toBe(expected.length);
    expect(found.findIndex((value, i) => !(Math.abs(value - expected[i]!) < 1e-4))).toBe(-1);
    expect(guard.overwritten()).toBe(0);
  } finally {
    guard.remove();
  }
}

describe.runIf(ours)('products are sums in float64, and touch nothing beside their tensors', () => {
  beforeAll(startEngine);

  test('convolutions of any size', () => {
    fc.assert(
      fc.property(sizes, (s) => check(s, false)),
      { numRuns: 400, seed: 1 },
    );
  });

  test('convolutions of each channel by itself', () => {
    fc.assert(
      fc.property(sizes, (s) => check({ ...s, groups: s.channels, channels: 1, filters: 1 }, true)),
      { numRuns: 200, seed: 2 },
    );
  });

  test('normalization and means of any size', () => {
    const shapes = fc.tuple(
      fc.integer({ min: 0, max: 3 }),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 19 }),
    );
    fc.assert(
      fc.property(shapes, fc.integer({ min: 0, max: 2 ** 30 }), ([images, pixels, channels], seed) => {
        const x = numbers(images * pixels * channels, seed);
        const [mean, scale, shift] = [1, 2, 3].map((i) => numbers(channels, seed + i));
        const each = (values: Float32Array): tf.Tensor => tf.tensor(values);
        expectGuarded(
          () => normalize(tf.tensor(x, [images, pixels, channels]), each(mean!), each(scale!), each(shift!)),
          [images, pixels, channels],
          x.map((value, i) => (value - mean![i % channels]!) * scale![i % channels]! + shift![i % channels]!),
        );
        const means = Array.from({ length: images * channels }, (_, i) => {
          const first = Math.floor(i / channels) * pixels * channels + (i % channels);
          return (
            Array.from({ length: pixels }, (__, p) => x[first + p * channels]!).reduce((a, b) => a + b, 0) / pixels
          );
        });
        expectGuarded(() => meanOf(tf.tensor(x, [images, pixels, 1, channels])), [images, channels], means);
      }),
      { numRuns: 200, seed: 5 },
    );
  });

  test('a window that leaves the image, and weights of another size, are refused', () => {
    tf.tidy(() => {
      const [x, kernel] = [tf.zeros([1, 4, 4, 2]), tf.zeros([3, 3, 2, 5])];
      const sliding: Sliding = { strides: [1, 1], dilation: [1, 1], size: [2, 2], least: -1, most: 1 };
      expect(() => convolve(x, kernel, undefined, { ...sliding, size: [3, 2] }, 5)).toThrow('a window that ends at');
      expect(() => convolve(x, kernel, undefined, { ...sliding, dilation: [1, 2] }, 5)).toThrow(
        'a window that ends at',
      );
      expect(() => convolve(x, kernel, undefined, sliding, 4)).toThrow('4 filters of 2 channels');
      expect(() => convolve(x, packed(kernel), undefined, sliding, 9)).toThrow('9 filters of 2 channels');
      expect(() => convolve(x, kernel, tf.zeros([4]), sliding, 5)).toThrow('5 filters of 2 channels');
      expect(() => convolveEach(x, tf.zeros([3, 3, 3, 1]), undefined, sliding)).toThrow('2 channels are none');
      expect(() => convolveEach(x, tf.zeros([3, 3, 2, 2]), undefined, sliding)).toThrow('2 channels are none');
      expect(() => normalize(x, tf.zeros([2]), tf.zeros([2]), tf.zeros([1]))).toThrow('2 channels');
    });
  });

  test.each([
    [-Infinity, Infinity],
    [0, Infinity],
    [0, 6],
  ])('NaN stays NaN between %f and %f', (least, most) => {
    tf.tidy(() => {
      const sliding: Sliding = { strides: [1, 1], dilation: [1, 1], size: [1, 1], least, most };
      const [x, w] = [tf.tensor([1, NaN], [2, 1, 1, 1]), tf.ones([1, 1, 1, 9])];
      const isNaN = [...new Array<number>(9).fill(0), ...new Array<number>(9).fill(1)];
      expect([...tf.isNaN(convolve(x, w, undefined, sliding, 9)).dataSync()]).toEqual(isNaN);
      const each = tf.tile(x, [1, 1, 1, 9]);
      expect([...tf.isNaN(convolveEach(each, tf.ones([1, 1, 9, 1]), undefined, sliding)).dataSync()]).toEqual(isNaN);
    });
  });

  test('more pixels and channels than go through at once', () => {
    const large = { images: 2, kernel: [3, 3], strides: [1, 1], dilation: [1, 1], over: [16, 17], groups: 1 } as const;
    const clamp: [number, number] = [-Infinity, Infinity];
    check({ ...large, channels: 67, filters: 70, bias: true, clamp, seed: 3 } as unknown as Sizes, false);
    check({ ...large, channels: 1, filters: 1, groups: 67, bias: true, clamp, seed: 4 } as unknown as Sizes, true);
  });
});
