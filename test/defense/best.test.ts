import { expect, test } from 'vitest';
import { bestStep } from '../../src/defense/pruning/best.ts';
import { checkpoints } from '../../src/defense/pruning/checkpoints.ts';
import type { Measured } from '../../src/defense/pruning/pruned.ts';

type Row = [correct: number, hits: Record<string, number>, goodnetCorrect: number, goodnetHits: Record<string, number>];

/** A sweep of 100 clean images, and 100 of each attack. */
function measured(...rows: Row[]): Measured {
  const attacks = Object.keys(rows[0]![1]);
  return {
    sizes: { clean: 100, poisoned: Object.fromEntries(attacks.map((attack) => [attack, 100])) },
    steps: rows.map(([correct, hits, goodnetCorrect, goodnetHits], step) => ({
      step,
      channel: step === 0 ? null : step - 1,
      pruned: { correct, hits, robust: {} },
      goodnet: { correct: goodnetCorrect, hits: goodnetHits, robust: {}, rejectedClean: 0, rejectedPoisoned: {} },
    })),
  };
}

const one = (correct: number, hits: number, goodnetCorrect = correct, goodnetHits = hits): Row => [
  correct,
  { patch: hits },
  goodnetCorrect,
  { patch: goodnetHits },
];
const best = (of: Measured, config: object = {}) =>
  bestStep(of, checkpoints(of.steps, of.sizes.clean, [2, 10]), { accept: ['original'], ...config });

test('without limits the highest rating of the worst attack, then the fewest channels', () => {
  expect(best(measured(one(98, 100), one(98, 60), one(97, 5), one(97, 5), one(85, 0)))).toBe(2);
  const two = (correct: number, first: number, second: number): Row => [
    correct,
    { first, second },
    correct,
    { first, second },
  ];
  expect(best(measured(two(98, 100, 100), two(98, 0, 90), two(97, 30, 40), two(60, 20, 20)))).toBe(2);
});

test('not past the last checkpoint that was reached, and up to all channels where none was', () => {
  const reached = measured(one(98, 100), one(98, 90), one(88, 70), one(85, 0));
  expect(best(reached)).toBe(2);
  expect(best(measured(one(98, 100), one(98, 90), one(97, 70), one(97, 0)))).toBe(3);
});

test('with limits of the steps that meet them all; where none does, of all', () => {
  const of = measured(one(98, 100), one(97, 20), one(96, 19), one(87, 0));
  expect(best(of, { 'max-asr': 20 })).toBe(3);
  expect(best(of, { 'max-asr': 20, 'min-accuracy': 90 })).toBe(1);
  expect(best(of, { 'max-asr': 19, 'min-accuracy': 90 })).toBe(2);
  expect(best(of, { 'max-asr': 18, 'min-accuracy': 90 })).toBe(3);
});

test('of the kinds that are accepted', () => {
  const of = measured(one(98, 100), one(97, 30, 97, 12), one(96, 20, 89, 10));
  expect(best(of, { 'max-asr': 20, accept: ['pruned'] })).toBe(2);
  expect(best(of, { 'max-asr': 20, accept: ['goodnet'] })).toBe(1);
  expect(best(of, { 'max-asr': 20, accept: ['original', 'pruned', 'goodnet'] })).toBe(1);
  expect(best(of, { 'max-asr': 20, accept: ['original'] })).toBe(2);
});

test('null without attacks, and where pruning does no good', () => {
  const none: Row = [98, {}, 98, {}];
  expect(best(measured(none, none))).toBe(null);
  expect(best(measured(one(98, 100), one(98, 100), one(90, 95)))).toBe(null);
});
