import { expect, test } from 'vitest';
import { anomalyIndices, indicesByRound } from '../../src/defense/reversal/anomaly.ts';
import { byPromise, findTriggers, roundsOf, smallest } from '../../src/defense/reversal/search.ts';
import type { Chunks } from '../../src/engine/chunks.ts';
import type { Reversal, ReversalSettings } from '../../src/engine/training/reverse.ts';

const range = { least: [0], most: [1] };

/** What a search for the trigger of a class finds: `size` of a mask that shrinks with the steps. */
interface Found {
  size: number;
  success?: number;
}

/** Clean images in which each class has such a trigger; `asked` holds all searches, `told` the images of each. */
function imagesWith(classes: readonly Found[]) {
  const asked: ReversalSettings[] = [];
  let told = 0;
  let total = 0;
  const reversalOf = ({ target, steps }: ReversalSettings): Reversal => {
    const { size, success = 1 } = classes[target]!;
    const l1 = size * (1 + 10 / steps);
    return { mask: Float32Array.of(l1), pattern: new Float32Array(3), l1, success, reached: success >= 0.98 };
  };
  const clean = {
    newSeries: () => 7,
    reversed: async (searches: readonly ReversalSettings[], told: (place: number, found: Reversal) => void) => {
      asked.push(...searches);
      const found = searches.map(reversalOf);
      found.forEach((trigger, place) => told(place, trigger));
      return found;
    },
  } as unknown as Chunks;
  const progress = (of: number) => {
    total = of;
    return (images: number) => void (told += images);
  };
  const search = () => findTriggers(clean, { classes: classes.length, range, progress });
  return { search, asked, reversalOf, counted: () => [told, total] };
}

const sizes = (count: number): Found[] => Array.from({ length: count }, (_, i) => ({ size: 10 + ((i * 7) % count) }));
const stepsOf = (asked: readonly ReversalSettings[], target: number) =>
  asked.filter((search) => search.target === target).map(({ steps }) => steps);

test('up to 16 classes are searched for all steps, each once', async () => {
  for (const count of [2, 10, 16]) {
    const { search, asked, counted } = imagesWith(sizes(count));
    const found = await search();
    expect(found.searched.map(({ target, steps }) => [target, steps])).toEqual(found.searched.map((_, i) => [i, 200]));
    expect(found.triggers.length).toBe(count);
    expect(asked.length).toBe(count);
    expect(counted()).toEqual([count * 6400, count * 6400]);
  }
});

test.each([
  [17, ['17 x 25', '16 x 200']],
  [43, ['43 x 25', '22 x 50', '16 x 200']],
  [100, ['100 x 25', '50 x 50', '25 x 100', '16 x 200']],
  [1283, ['1283 x 25', '642 x 50', '321 x 100', '16 x 200']],
])('%i classes are halved until 16 remain for all steps', (count, rounds) => {
  expect(roundsOf(count).map(({ classes, steps }) => `${classes} x ${steps}`)).toEqual(rounds);
});

test('the classes with the smallest masks go on, and each has what its longest search found', async () => {
  const classes = sizes(43);
  const { search, asked, reversalOf, counted } = imagesWith(classes);
  const found = await search();
  const images = 32 * (43 * 25 + 22 * 25 + 16 * 150); // each round goes on with the one before
  expect(counted()).toEqual([images, images]);
  expect(new Set(asked.map(({ series }) => series))).toEqual(new Set([7]));
  const bySize = [...classes.keys()].sort((a, b) => classes[a]!.size - classes[b]!.size);
  for (const [place, target] of bySize.entries())
    expect(stepsOf(asked, target)).toEqual(place < 16 ? [25, 50, 200] : place < 22 ? [25, 50] : [25]);
  expect(found.triggers.map(({ target }) => target)).toEqual(bySize.slice(0, 16));
  for (const [target, figures] of found.searched.entries()) {
    const steps = stepsOf(asked, target).at(-1)!;
    const sizes = stepsOf(asked, target).map((each) => reversalOf({ target, steps: each, range }).l1);
    const { mask, pattern, ...whole } = reversalOf({ target, steps, range });
    expect(figures).toEqual({ ...whole, target, steps, sizes });
    const trigger = found.triggers.find((each) => each.target === target);
    if (steps === 200) expect(trigger).toEqual({ ...figures, mask, pattern });
  }
});

test('a class is found the same beside any others', async () => {
  const classes = sizes(43);
  const others = classes.map((each, i) => (i === 0 ? each : { size: each.size + 100 }));
  const [one, other] = [await imagesWith(classes).search(), await imagesWith(others).search()];
  expect(other.searched[0]).toEqual(one.searched[0]);
  expect(other.searched[1]).not.toEqual(one.searched[1]);
});

test('masks of triggers that do not work come after those that do, the most successful first', async () => {
  const failing = (success: number): Found => ({ size: 1, success });
  const classes = [...sizes(14), failing(0.5), failing(0.89), failing(0.1), { size: 500, success: 0.9 }];
  const { search, asked } = imagesWith(classes);
  await search();
  expect(classes.map((_, target) => stepsOf(asked, target).length)).toEqual([
    ...Array<number>(14).fill(2),
    1, // 16 go on: 15 that work, and the next in success
    2,
    1,
    2,
  ]);
});

test('triggers are ordered by steps, then success, then size, then class', () => {
  const trigger = (target: number, steps: number, l1: number, success = 1) => ({ target, steps, l1, success });
  const given = [
    trigger(0, 25, 1),
    trigger(1, 200, 9),
    trigger(2, 200, 2, 0.3),
    trigger(3, 200, 2, 0.8),
    trigger(4, 200, 3),
    trigger(5, 200, 3, 0.95),
  ];
  expect([...given].sort(byPromise).map(({ target }) => target)).toEqual([4, 5, 1, 3, 2, 0]);
  expect(smallest(given, 3).map(({ target }) => target)).toEqual([2, 3, 4]);
});

test('the anomaly index is the distance below the median in scaled deviations', () => {
  const indices = anomalyIndices([10, 11, 12, 13, 2]);
  expect(indices[4]).toBeCloseTo((11 - 2) / (1.4826 * 1), 10);
  expect(indices[1]).toBe(0);
  expect(anomalyIndices([5, 5, 5, 4])[3]).toBeCloseTo(1 / (1e-3 * 5), 8);
  expect(anomalyIndices([0, 0, 0])).toEqual([0, 0, 0]);
});

test('an index compares a class with all that were in its last round, and is none among fewer than three', () => {
  const first = [90, 80, 70, 60, 50];
  const last = [12, 4, 11];
  const found = indicesByRound(first.map((size, i) => ({ sizes: i < 2 ? [size] : [size, last[i - 2]!] })));
  expect(found).toEqual([...anomalyIndices(first).slice(0, 2), ...anomalyIndices(last)]);
  expect(indicesByRound([{ sizes: [1] }, { sizes: [2] }])).toEqual([null, null]);
  expect(indicesByRound([...first.map((size) => ({ sizes: [size] })), { sizes: [1, 1] }]).at(-1)).toBe(null);
});
