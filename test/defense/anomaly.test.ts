import { expect, test } from 'vitest';
import { anomalyIndices } from '../../src/defense/reversal/anomaly.ts';
import { smallest } from '../../src/defense/reversal/search.ts';

test('an index is the distance below the median in median absolute deviations', () => {
  // median 20, deviations 18, 1, 0, 1, 2: their median is 1
  const indices = anomalyIndices([2, 19, 20, 21, 22]);
  expect(indices.map((index) => Number(index.toFixed(4)))).toEqual([12.1408, 0.6745, 0, -0.6745, -1.349]);
});

test('masks that are all alike give no infinite index', () => {
  expect(anomalyIndices([5, 5, 5, 5])).toEqual([0, 0, 0, 0]);
  expect(anomalyIndices([4, 5, 5, 5])[0]).toBeCloseTo(200);
  expect(anomalyIndices([0, 0])).toEqual([0, 0]);
});

test('the smallest masks come first, of equal ones the lower class', () => {
  const of = (target: number, l1: number) => ({ target, l1, steps: 200 });
  expect(smallest([of(0, 7), of(1, 3), of(2, 9), of(3, 3)], 3).map(({ target }) => target)).toEqual([1, 3, 0]);
});
