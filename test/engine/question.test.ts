import { expect, test } from 'vitest';
import { toChannelsLast } from '../../src/data/layout.ts';
import { receivedQuestion, sentQuestion, sentValues } from '../../src/engine/remote/question.ts';
import type { TypedArray } from '../../src/formats/element-types.ts';

const inBytes = [0, 1, 2, 127, 128, 255, 3, 4];
const scale = { scale: 1 / 3, mean: [0.1, -0], std: [0.7, 3] };

test.each<[string, TypedArray, boolean]>([
  ['uint8', Uint8Array.from(inBytes), true],
  ['int32', Int32Array.from(inBytes), true],
  ['int64', BigInt64Array.from(inBytes.map(BigInt)), true],
  ['float64 of integers', Float64Array.from(inBytes), true],
  ['a number below 0', Int8Array.from(inBytes), false],
  ['256', Uint16Array.of(...inBytes.slice(1), 256), false],
  ['large integers', BigInt64Array.from([...inBytes.slice(1).map(BigInt), 2n ** 60n + 1n]), false],
  ['-0', Float32Array.of(...inBytes.slice(1), -0), false],
  ['NaN', Float64Array.of(...inBytes.slice(1), NaN), false],
  ['infinities', Float64Array.of(...inBytes.slice(1), 1e300), false],
  ['fractions', Float64Array.of(...inBytes.slice(1), 0.1), false],
])('a net takes pixels of %s as they were before they were sent', (_, stored, areBytes) => {
  const sent = sentValues(stored);
  expect(sent).toBeInstanceOf(areBytes ? Uint8Array : Float32Array);
  for (const [layout, shape] of [
    ['NCHW', [2, 2, 1]],
    ['NHWC', [2, 1, 2]],
  ] as const)
    expect(toChannelsLast(sent, layout, shape, scale)).toEqual(toChannelsLast(stored, layout, shape, scale));
});

test('a question arrives as it was sent, -0 and names of all kinds included', async () => {
  const question = {
    model: 'a'.repeat(64),
    cut: { layer: '__proto__ "\n\u2028', of: 'outputs' as const, rankAt: null },
    chunk: [3, 5] as const,
    layout: 'NCHW' as const,
    scale,
    pixels: { shape: [2, 2, 2, 1], values: Float32Array.of(-0, NaN, Infinity, 1e-45, 1, 2, 3, 4) },
    counts: {
      labels: Int32Array.of(-1, 7),
      trueLabels: Int32Array.of(2 ** 31 - 1, -(2 ** 31)),
      order: Int32Array.of(1, 0),
      stops: [0, 2],
    },
  };
  const { body, data } = await sentQuestion(question);
  expect(await receivedQuestion(body, true)).toEqual({ ...question, data });
  const { body: again } = await sentQuestion({ ...question, counts: null });
  expect(await receivedQuestion(again, false)).toEqual({ ...question, counts: null, data });
});
