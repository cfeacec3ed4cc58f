import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  adam,
  eachInputGradient,
  eachKernelGradient,
  inputGradient,
  kernelGradient,
  maxGradient,
  passBetween,
  type PoolWindow,
  sumOf,
} from '../../src/engine/kernels/gradients.ts';
import { guardTensors } from '../guarded-memory.ts';
import { random } from '../random-nets.ts';
import { startEngine, testEngine } from '../support.ts';

const pair = (most: number): fc.Arbitrary<[number, number]> =>
  fc.tuple(fc.integer({ min: 1, max: most }), fc.integer({ min: 1, max: most }));
const upTo = (max: number): fc.Arbitrary<number> => fc.integer({ min: 1, max });
const seed = fc.integer({ min: 0, max: 2 ** 30 });
const sizes = fc.record({
  images: upTo(3),
  channels: upTo(19),
  filters: upTo(19),
  groups: upTo(3),
  window: pair(4),
  strides: pair(5),
  dilation: pair(3),
  size: pair(9),
  over: fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 })),
  seed,
});
type Sizes = typeof sizes extends fc.Arbitrary<infer S> ? S : never;

const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);
function numbers(shape: readonly number[], from: number): Float32Array {
  const draw = random(from);
  return Float32Array.from({ length: sizeOf(shape) }, () => 2 * draw() - 1);
}

/** What `work` answers, and that nothing is read or written beside its tensors. */
function expectGuarded(work: () => tf.Tensor, expected: Float64Array): void {
  const guard = guardTensors();
  try {
    const found = tf.tidy(() => work().dataSync<'float32'>().slice());
    expect(found.length).toBe(expected.length);
    const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
    expect(found.findIndex((value, i) => !(Math.abs(value - expected[i]!) < 1e-5 * largest))).toBe(-1);
    expect(guard.overwritten()).toBe(0);
  } finally {
    guard.remove();
  }
}

/** The gradient of x of which maxima were taken, in float64: each slope of dy goes to the first highest of its window. */
function slopesOfMaxima(
  x: Float32Array,
  [, height, width, channels]: readonly number[],
  dy: Float32Array,
  [, rows, columns]: readonly number[],
  { size, strides, before }: PoolWindow,
): Float64Array {
  const dx = new Float64Array(x.length);
  for (const [at, slope] of dy.entries()) {
    const c = at % channels!,
      column = Math.floor(at / channels!) % columns!;
    const row = Math.floor(at / channels! / columns!) % rows!;
    const image = Math.floor(at / channels! / columns! / rows!);
    let best = -1;
    for (let a = 0; a < size[0]; a++)
      for (let b = 0; b < size[1]; b++) {
        const [y, z] = [row * strides[0] - before[0] + a, column * strides[1] - before[1] + b];
        if (y < 0 || z < 0 || y >= height! || z >= width!) continue;
        const from = ((image * height! + y) * width! + z) * channels! + c;
        if (best === -1 || x[from]! > x[best]!) best = from;
      }
    dx[best]! += slope;
  }
  return dx;
}

/** Gradients of a convolution in float64: every product of a number of a patch and a gradient, once. */
function check(s: Sizes, each: boolean): void {
  const [height, width] = [0, 1].map(
    (axis) => (s.size[axis]! - 1) * s.strides[axis]! + (s.window[axis]! - 1) * s.dilation[axis]! + 1 + s.over[axis]!,
  );
  const all = s.channels * s.groups,
    filters = s.filters * s.groups;
  const [xShape, dyShape] = [
    [s.images, height!, width!, all],
    [s.images, ...s.size, filters],
  ];
  const wShape = [...s.window, ...(each ? [filters, 1] : [s.channels, filters])];
  const [x, w, dy] = [numbers(xShape, s.seed), numbers(wShape, s.seed + 1), numbers(dyShape, s.seed + 2)];
  const [dx, dw] = [new Float64Array(x.length), new Float64Array(w.length)];
  for (let i = 0; i < s.images; i++)
    for (let row = 0; row < s.size[0]; row++)
      for (let column = 0; column < s.size[1]; column++)
        for (let f = 0; f < filters; f++) {
          const slope = dy[((i * s.size[0] + row) * s.size[1] + column) * filters + f]!;
          for (let a = 0; a < s.window[0]; a++)
            for (let b = 0; b < s.window[1]; b++)
              for (let c = 0; c < s.channels; c++) {
                const [y, z] = [row * s.strides[0] + a * s.dilation[0], column * s.strides[1] + b * s.dilation[1]];
                const from = ((i * height! + y) * width! + z) * all + Math.floor(f / s.filters) * s.channels + c;
                const at = ((a * s.window[1] + b) * s.channels + c) * filters + f;
                dx[from]! += slope * w[at]!;
                dw[at]! += slope * x[from]!;
              }
        }
  const steps = { strides: s.strides, dilation: s.dilation };
  const [ofKernel, ofInput] = each ? [eachKernelGradient, eachInputGradient] : [kernelGradient, inputGradient];
  expectGuarded(() => ofKernel(tf.tensor(x, xShape), tf.tensor(dy, dyShape), wShape, steps), dw);
  expectGuarded(() => ofInput(tf.tensor(dy, dyShape), tf.tensor(w, wShape), xShape, steps), dx);
}

describe.runIf(testEngine === 'wasm')('gradients are sums in float64, and touch nothing beside their tensors', () => {
  beforeAll(startEngine);

  test('of convolutions of any size', () => {
    fc.assert(
      fc.property(sizes, (s) => check(s, false)),
      { numRuns: 100, seed: 1 },
    );
  });

  test('of convolutions of each channel by itself', () => {
    fc.assert(
      fc.property(sizes, (s) => check({ ...s, groups: s.channels, channels: 1, filters: 1 }, true)),
      { numRuns: 100, seed: 2 },
    );
  });

  test('of more pixels, channels and filters than go through at once', () => {
    const large = { images: 2, window: [3, 3], strides: [1, 1], dilation: [1, 1], size: [16, 17], over: [0, 0] };
    check({ ...large, channels: 67, filters: 70, groups: 1, seed: 3 } as Sizes, false);
    check({ ...large, channels: 1, filters: 1, groups: 67, seed: 4 } as Sizes, true);
  });

  test('of maxima over windows that reach out of the image: to the first of equal ones, also below 0', () => {
    const windows = fc.record({
      images: upTo(2),
      channels: upTo(9),
      shape: pair(8),
      size: pair(4),
      strides: pair(3),
      seed,
    });
    fc.assert(
      fc.property(windows, (s) => {
        const before = s.size.map((span, axis) => Math.min(s.seed >> axis, span - 1) % 2) as [number, number];
        const out = [0, 1].map((axis) => Math.ceil(s.shape[axis]! / s.strides[axis]!));
        const [xShape, dyShape] = [
          [s.images, ...s.shape, s.channels],
          [s.images, ...out, s.channels],
        ];
        const x = numbers(xShape, s.seed).map((value) => Math.round(value) - 2);
        const dy = numbers(dyShape, s.seed + 1);
        const window = { size: s.size, strides: s.strides, before };
        expectGuarded(
          () => maxGradient(tf.tensor(x, xShape), tf.tensor(dy, dyShape), window),
          slopesOfMaxima(x, xShape, dy, dyShape, window),
        );
      }),
      { numRuns: 200, seed: 5 },
    );
  });

  test('of maxima over windows that lie side by side and cover the image', () => {
    for (const [size, channels, before] of [
      [[2, 2], 4, [0, 0]],
      [[2, 3], 8, [0, 0]],
      [[1, 1], 12, [0, 0]],
      [[2, 2], 5, [0, 0]],
      [[2, 2], 4, [1, 0]],
    ] as const) {
      const [xShape, dyShape] = [
        [2, 3 * size[0], 4 * size[1], channels],
        [2, 3, 4, channels],
      ];
      const [x, dy] = [numbers(xShape, 7), numbers(dyShape, 8)];
      const window = { size, strides: size, before };
      expectGuarded(
        () => maxGradient(tf.tensor(x, xShape), tf.tensor(dy, dyShape), window),
        slopesOfMaxima(x, xShape, dy, dyShape, window),
      );
    }
  });

  test('sums, clamped activations and steps of Adam of any size', () => {
    fc.assert(
      fc.property(upTo(600), upTo(11), seed, (rows, channels, from) => {
        const [x, y] = [numbers([rows, channels], from), numbers([rows, channels], from + 1)];
        const sums = new Float64Array(channels);
        x.forEach((value, i) => (sums[i % channels]! += value));
        expectGuarded(() => sumOf(tf.tensor(x, [rows, channels])), sums);
        const passed = Float64Array.from(x, (value, i) => (y[i]! > 0 && y[i]! < 0.5 ? value : 0));
        expectGuarded(() => passBetween(tf.tensor(x), tf.tensor(y), 0, 0.5), passed);
        const step = { keep: 0.9, keepSquare: 0.99, rate: 0.1, epsilon: 1e-3 };
        const moved = Float64Array.from(x, (value, i) => {
          const [m, v] = [0.9 * 0.5 + 0.1 * y[i]!, 0.99 * 0.25 + 0.01 * y[i]! ** 2];
          return value - (0.1 * m) / (Math.sqrt(v) + 1e-3);
        });
        expectGuarded(() => {
          const [w, g] = [tf.tensor(x), tf.tensor(y)];
          adam(w, tf.fill([x.length], 0.5), tf.fill([x.length], 0.25), g, step);
          return w;
        }, moved);
      }),
      { numRuns: 60, seed: 6 },
    );
  });

  test('a window that leaves the image, and shapes that do not fit, are refused', () => {
    tf.tidy(() => {
      const steps = { strides: [1, 1], dilation: [1, 1] } as const;
      const [x, dy, w] = [tf.zeros([1, 4, 4, 2]), tf.zeros([1, 2, 2, 5]), tf.zeros([3, 3, 2, 5])];
      expect(() => kernelGradient(x, tf.zeros([1, 3, 2, 5]), w.shape, steps)).toThrow('a window that ends at');
      expect(() => inputGradient(dy, w, [1, 3, 4, 2], steps)).toThrow('a window that ends at');
      expect(() => inputGradient(dy, w, [2, 4, 4, 2], steps)).toThrow('a window that ends at');
      expect(() => kernelGradient(x, dy, [3, 3, 2, 4], steps)).toThrow('2 channels and 5 filters');
      expect(() => inputGradient(dy, w, [1, 4, 4, 3], steps)).toThrow('3 channels and 5 filters');
      expect(() => eachKernelGradient(x, dy, [3, 3, 2, 1], steps)).toThrow('2 channels are none');
      expect(() => eachInputGradient(dy, tf.zeros([3, 3, 5, 2]), [1, 4, 4, 5], steps)).toThrow('5 channels are none');
      expect(() => passBetween(x, dy, 0, 1)).toThrow('32 numbers');
      expect(() => adam(x, x, x, dy, { keep: 0, keepSquare: 0, rate: 0, epsilon: 1 })).toThrow('32 weights');
    });
  });
});
