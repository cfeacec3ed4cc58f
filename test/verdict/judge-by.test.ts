import { expect, test } from 'vitest';
import { type Candidate, figuresOf } from '../../src/verdict/figures.ts';
import { gate } from '../../src/verdict/gate.ts';
import { imagesToDecide, wilsonInterval } from '../../src/verdict/metrics.ts';
import { verdictLine } from '../../src/report/wording.ts';

/** A net of which so many of `images` clean images get their label, and so many of each attack's the attacker's. */
const net = (
  kind: Candidate['kind'],
  images: number,
  correct: number,
  hits: Record<string, [number, number]>,
): Candidate => {
  const counted = (place: 0 | 1) => Object.fromEntries(Object.entries(hits).map(([name, of]) => [name, of[place]]));
  const counts = { correct, hits: counted(0), robust: {} };
  const validation = figuresOf(counts, counts, { clean: images, poisoned: counted(1) });
  return {
    kind,
    checkpoint: kind === 'original' ? null : 2,
    channelsPruned: kind === 'original' ? 0 : 1,
    validation,
    test: null,
  };
};
const limits = { 'min-accuracy': 90, 'max-asr': 20 };
const judged = (
  candidates: Candidate[],
  accept: Candidate['kind'][] = ['original'],
  by: 'rate' | 'interval' = 'interval',
) => gate(candidates, { ...limits, 'judge-by': by }, accept);

test('the number of images is the least whose interval meets the limit', () => {
  for (const [rate, limit] of [
    [98, 90],
    [95, 94],
    [5, 20],
    [0, 1],
    [33.4, 20],
  ] as const) {
    const images = imagesToDecide(rate, limit)!;
    const end = (n: number) => {
      const [low, high] = wilsonInterval((rate / 100) * n, n)!;
      return rate > limit ? low - limit : limit - high;
    };
    expect(end(images), `${rate} against ${limit}`).toBeGreaterThanOrEqual(-1e-9);
    expect(end(images - 1), `${rate} against ${limit}`).toBeLessThan(0);
  }
  expect([imagesToDecide(0, 0), imagesToDecide(100, 100), imagesToDecide(20, 20)]).toEqual([null, null, null]);
});

test('a limit holds at the unfavourable end, of every attack', () => {
  expect(judged([net('original', 400, 392, { a: [10, 400] })]).verdict).toBe('passed');
  expect(judged([net('original', 50, 49, { a: [10, 400] })]).verdict).toBe('inconclusive');
  // the attack with the lower rate has so few images that its end lies higher
  const few = judged([net('original', 400, 392, { a: [40, 400], few: [0, 5] })]);
  expect(few).toMatchObject({ verdict: 'inconclusive', recommended: 0 });
  expect(few.rules.find(({ metric }) => metric === 'asr')).toMatchObject({ met: false, undecided: { images: 16 } });
});

test('a rate that misses its limit fails, however wide the interval', () => {
  expect(judged([net('original', 10, 8, { a: [0, 400] })])).toMatchObject({ verdict: 'failed', recommended: null });
});

test('judged by the rate nothing is undecided', () => {
  const { verdict, rules } = judged([net('original', 50, 49, { a: [0, 50] })], ['original'], 'rate');
  expect([verdict, rules.some((rule) => 'undecided' in rule)]).toEqual(['passed', false]);
});

test('a candidate that is sure goes before one of a better rate that is not', () => {
  const candidates = [net('original', 400, 400, { a: [70, 400] }), net('pruned', 400, 392, { a: [10, 400] })];
  expect(judged(candidates, ['original', 'pruned'])).toMatchObject({ verdict: 'passed', recommended: 1 });
  expect(judged(candidates)).toMatchObject({ verdict: 'inconclusive', recommended: 0 });
  expect(judged([net('original', 400, 300, { a: [70, 400] }), candidates[1]!]).verdict).toBe('repairable');
});

test('a net that test images leave open is inconclusive, one that they refute fails', () => {
  const onTest = (correct: number) => {
    const sure = net('original', 400, 392, { a: [10, 400] });
    return judged([{ ...sure, test: net('original', 50, correct, { a: [1, 50] }).validation }]);
  };
  expect(onTest(49)).toMatchObject({ verdict: 'inconclusive', recommended: 0, failedOnTest: null });
  expect(onTest(40)).toMatchObject({ verdict: 'failed', failedOnTest: 0 });
});

test('it is told what may be, and how many images decide', () => {
  const candidates = [net('original', 50, 49, { a: [0, 50] })].map((each) => ({ ...each, file: null, sha256: null }));
  const said = gate(candidates, { 'min-accuracy': 95, 'max-asr': 0, 'judge-by': 'interval' }, ['original']);
  const rules = said.rules.map((rule) => ({ ...rule, source: 'config' as const }));
  expect(verdictLine({ gate: { ...said, rules }, candidates })).toBe(
    'Inconclusive: the submitted model meets the limits on these images, which are too few to be sure: ' +
      'accuracy on validation may be 89.50%, and the limit is 95% (about 203 clean images would decide); ' +
      'ASR on validation may be 7.14%, and the limit is 0% (as it lies on the limit itself, no number of images decides).',
  );
});
