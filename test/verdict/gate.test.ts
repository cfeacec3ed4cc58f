import { describe, expect, test } from 'vitest';
import { resolveConfig } from '../../src/settings/resolve-config.ts';
import { listCandidates } from '../../src/defense/pruning/candidates.ts';
import { keptSteps, type Measured } from '../../src/defense/pruning/pruned.ts';
import { proposalOf } from '../../src/defense/pruning/pruning.ts';
import { type Candidate } from '../../src/verdict/figures.ts';
import { checkpoints } from '../../src/defense/pruning/checkpoints.ts';
import { effectivenessRating, percent, wilsonInterval } from '../../src/verdict/metrics.ts';
import { ascending } from '../../src/defense/pruning/rank.ts';
import type { Step } from '../../src/defense/pruning/sweep.ts';
import { findings } from '../../src/report/record/findings.ts';
import { gate, runVerdict } from '../../src/verdict/gate.ts';

/** Steps from [correct, hits, goodnet correct, goodnet hits] per step; 100 images of each kind unless told. */
const stepsOf = (...counts: [number, number, number?, number?][]): Step[] =>
  counts.map(([correct, hits, goodCorrect = correct, goodHits = hits], step) => ({
    step,
    channel: step === 0 ? null : step - 1,
    pruned: { correct, hits: { a: hits }, robust: {} },
    goodnet: { correct: goodCorrect, hits: { a: goodHits }, robust: {}, rejectedClean: 0, rejectedPoisoned: { a: 0 } },
  }));
const sizes = { clean: 100, poisoned: { a: 100 } };
const measure = (...counts: [number, number, number?, number?][]) => ({ steps: stepsOf(...counts), sizes });

describe('checkpoints', () => {
  const steps = stepsOf([98, 0], [97, 0], [96, 0], [80, 0], [97, 0]);
  test('lie at the first step past X points; several may share a step; one may be missed', () => {
    expect(checkpoints(steps, 100, [2, 4, 10, 30])).toEqual([
      { dropPoints: 2, step: 2 },
      { dropPoints: 4, step: 3 },
      { dropPoints: 10, step: 3 },
      { dropPoints: 30, step: null },
    ]);
  });
  test('compare counts, so a drop of exactly X points reaches it whatever the division rounds to', () => {
    const seven = stepsOf([693, 0], [672, 0]); // 21 of 700 = 3 points, 693/7 - 672/7 = 3 but 99.0 - 96.0 in floats elsewhere
    expect(checkpoints(seven, 700, [3])).toEqual([{ dropPoints: 3, step: 1 }]);
    expect(checkpoints(stepsOf([11390, 0], [11159, 0]), 11547, [2])[0]!.step).toBe(1);
    expect(checkpoints(stepsOf([11390, 0], [11160, 0]), 11547, [2])[0]!.step).toBe(null);
    expect(checkpoints(stepsOf([3000, 0], [2967, 0]), 3000, [1.1])[0]!.step).toBe(1); // 33 of 3000, while 1.1 * 3000 is above 3300 in floats
  });
});

describe('metrics', () => {
  test('Wilson intervals, by the formula worked out by hand', () => {
    const [low, high] = wilsonInterval(95, 100)!;
    expect([low.toFixed(2), high.toFixed(2)]).toEqual(['88.82', '97.85']);
    expect(wilsonInterval(0, 100)![0]).toBe(0);
    expect(wilsonInterval(100, 100)![1]).toBe(100);
    expect([wilsonInterval(0, 0), percent(0, 0)]).toEqual([null, null]);
  });
  test('DER', () => {
    expect(effectivenessRating({ accuracy: 90, asr: 100 }, { accuracy: 80, asr: 20 })).toBeCloseTo(0.85, 12);
    expect(effectivenessRating({ accuracy: 90, asr: 10 }, { accuracy: 95, asr: 60 })).toBe(0.5);
  });
  test('channels are ordered by mean activation, ties by index', () => {
    expect([...ascending(Float64Array.of(0.5, 0, 0.25, 0, 0.25))]).toEqual([1, 3, 2, 4, 0]);
  });
});

test.each([
  [['passed', 'ungated'], 0, 'passed'],
  [['passed', 'repairable', 'passed'], 0, 'repairable'],
  [['repairable', 'failed', 'passed'], 0, 'failed'],
  [['ungated'], 0, 'ungated'],
  [['passed'], 1, 'error'],
  [['failed'], 2, 'error'],
  [[], 1, 'error'],
  [[], 0, 'error'],
] as const)('a run of %j with %i refused: %s', (models, refused, verdict) =>
  expect(runVerdict(models, refused)).toBe(verdict),
);

const limits = { 'min-accuracy': 85, 'max-asr': 20 };
const all = ['original', 'pruned', 'goodnet'] as const;
const candidatesOf = (validation: Measured, test: Measured | null = null, drops = [2, 10]): Candidate[] =>
  listCandidates(keptSteps({ picks: checkpoints(validation.steps, 100, drops), best: null }), validation, test);

describe('the gate', () => {
  const repaired = measure([98, 100], [95, 20, 94, 15], [85, 1, 80, 1]);

  test('recommends the most accurate accepted candidate that meets every limit, limits included', () => {
    const candidates = candidatesOf(repaired);
    expect(candidates.map(({ kind, checkpoint }) => [kind, checkpoint])).toEqual([
      ['original', null],
      ['pruned', 2],
      ['pruned', 10],
      ['goodnet', 2],
      ['goodnet', 10],
    ]);
    expect(gate(candidates, limits, all)).toMatchObject({ verdict: 'passed', recommended: 1, judgedOn: 'validation' });
    expect(gate(candidates, { ...limits, 'max-asr': 19 }, all)).toMatchObject({ recommended: 3 });
    expect(gate(candidates, { 'min-accuracy': 85, 'max-asr': 10 }, all)).toMatchObject({ recommended: 2 });
    expect(gate(candidates, { 'min-accuracy': 85.01, 'max-asr': 10 }, all)).toMatchObject({
      verdict: 'failed',
      recommended: null,
    });
  });
  test('names the file of another kind that would do', () => {
    expect(gate(candidatesOf(repaired), limits, ['original'])).toMatchObject({ verdict: 'repairable', recommended: 1 });
  });
  test('holds the recommended candidate, and no other, against the test split', () => {
    const worse = measure([98, 100], [95, 21, 94, 15], [85, 1, 80, 1]);
    expect(gate(candidatesOf(repaired, worse), limits, ['pruned'])).toMatchObject({
      verdict: 'repairable',
      recommended: 3,
      judgedOn: 'test',
    });
    expect(gate(candidatesOf(repaired, worse), limits, all)).toMatchObject({ verdict: 'failed', recommended: null });
    expect(gate(candidatesOf(repaired, repaired), limits, all)).toMatchObject({ verdict: 'passed', recommended: 1 });
  });
  test('limits the drop below the original', () => {
    expect(gate(candidatesOf(repaired), { 'max-accuracy-drop': 13, 'max-asr': 5 }, all)).toMatchObject({
      recommended: 2,
    });
    expect(gate(candidatesOf(repaired), { 'max-accuracy-drop': 12.9, 'max-asr': 5 }, all)).toMatchObject({
      recommended: null,
    });
  });
  test('prefers lower ASR, then fewer channels, then the pruned net', () => {
    const equal = measure([98, 100], [95, 10, 95, 10], [95, 10, 95, 9]);
    const candidates = listCandidates(
      [
        { checkpoint: 2, step: 1 },
        { checkpoint: 3, step: 2 },
      ],
      equal,
      null,
    );
    expect(gate(candidates, limits, all)).toMatchObject({ recommended: 4 });
    expect(gate(candidates.slice(0, 4), limits, all)).toMatchObject({ recommended: 1 });
  });
  test('the worst of several attacks counts', () => {
    const two = {
      steps: stepsOf([98, 5], [90, 5]).map((step) => ({
        ...step,
        pruned: { ...step.pruned, hits: { a: 5, b: 60 } },
        goodnet: { ...step.goodnet, hits: { a: 5, b: 60 } },
      })),
      sizes: { clean: 100, poisoned: { a: 100, b: 100 } },
    };
    expect(gate(candidatesOf(two), limits, all).verdict).toBe('failed');
  });
  test('nothing passes without an attack, without a figure, or from an empty set', () => {
    const unattacked = {
      steps: stepsOf([98, 0]).map((step) => ({
        ...step,
        pruned: { correct: 98, hits: {}, robust: {} },
        goodnet: { ...step.goodnet, hits: {} },
      })),
      sizes: { clean: 100, poisoned: {} },
    };
    expect(gate(candidatesOf(unattacked), { 'min-accuracy': 1 }, all)).toMatchObject({
      verdict: 'failed',
      recommended: null,
    });
    expect(gate(candidatesOf(unattacked), { 'max-asr': 100 }, all).rules[0]).toMatchObject({
      actual: null,
      met: false,
    });
    const empty = { steps: stepsOf([0, 0]), sizes: { clean: 0, poisoned: { a: 0 } } };
    expect(gate(candidatesOf(empty), { 'min-accuracy': 0 }, all)).toMatchObject({ verdict: 'failed' });
  });
  test('nothing passes where one attack of several was not measured, or where the test figures are missing', () => {
    const [step] = stepsOf([98, 5]);
    const half = {
      steps: [
        {
          ...step!,
          pruned: { ...step!.pruned, hits: { a: 5, b: 0 } },
          goodnet: { ...step!.goodnet, hits: { a: 5, b: 0 } },
        },
      ],
      sizes: { clean: 100, poisoned: { a: 100, b: 0 } },
    };
    expect(gate(candidatesOf(half), limits, all)).toMatchObject({
      verdict: 'failed',
      rules: [
        { metric: 'accuracy', met: true },
        { metric: 'asr', actual: null, met: false },
      ],
    });
    const good = measure([98, 5], [80, 5]);
    const [original, ...others] = candidatesOf(good, good);
    expect(gate([original!, ...others], limits, all).verdict).toBe('passed');
    expect(gate([{ ...original!, test: null }, ...others], limits, all)).toMatchObject({
      verdict: 'failed',
      failedOnTest: 0,
    });
  });
  test.each([undefined, null, NaN, Infinity, -Infinity])(
    'a change of %s since the baseline meets no limit on it',
    (change) => {
      const candidates = candidatesOf(measure([98, 5])).slice(0, 1);
      const changes =
        change === undefined
          ? []
          : [{ validation: { accuracy: change, asr: change }, test: { accuracy: change, asr: change } }];
      for (const limit of ['max-asr-increase', 'max-accuracy-decrease'] as const)
        expect(gate(candidates, { [limit]: 100 }, all, changes).verdict).toBe('failed');
      for (const limit of ['max-asr-increase', 'max-accuracy-decrease'] as const)
        expect(
          gate(candidates, { [limit]: 0 }, all, [
            { validation: { accuracy: 0, asr: 0 }, test: { accuracy: 0, asr: 0 } },
          ]).verdict,
        ).toBe('passed');
    },
  );
  test('no limit: ungated', () => {
    expect(gate(candidatesOf(repaired), {}, all)).toMatchObject({ verdict: 'ungated', recommended: null, rules: [] });
  });
});

describe('findings', () => {
  const found = (
    validation: ReturnType<typeof measure>,
    test: ReturnType<typeof measure> | null = null,
    settings: object = limits,
    classes = 1,
  ) => {
    const data = (file: string) => ({ validation: file, ...(test ? { test: file } : {}) });
    const { config } = resolveConfig(
      { models: ['m'], clean: data('c'), attacks: { a: data('p') }, accept: [...all], ...settings },
      {},
      null,
    );
    const picks = checkpoints(validation.steps, 100, config.checkpoints);
    const proposal = proposalOf(
      {
        target: { layer: { name: 'conv' }, prunes: 'outputs', rankLayer: 'conv' },
        reason: null,
        ranking: { meanActivation: new Float64Array(), order: new Int32Array() },
        orderIsGiven: false,
        validation,
        test,
        picks,
        best: null,
      },
      config,
    );
    const { candidates } = proposal;
    return findings({
      config,
      precision: 'float32',
      proposals: [proposal],
      candidates,
      verdict: gate(candidates, config, config.accept),
      floors: [],
      targets: [{ split: 'validation', classes: new Map([['a', classes]]) }],
      repeats: false,
      foldersByNumber: false,
      doubt: null,
    });
  };
  const code = (list: ReturnType<typeof findings>, name: string) => list.filter((finding) => finding.code === name);

  test('prune-resistant: more than half of the ASR is left at the largest checkpoint, on the judged split', () => {
    const left = (hits: number) => measure([98, 100], [96, 100], [94, 100], [88, hits], [10, 0]);
    expect(code(found(left(51)), 'prune-resistant')).toEqual([
      {
        code: 'prune-resistant',
        attack: 'a',
        split: 'validation',
        original: 100,
        pruned: 51,
        checkpoint: 10,
        channelsPruned: 3,
      },
    ]);
    expect(code(found(left(50)), 'prune-resistant')).toEqual([]);
    expect(code(found(left(0), left(90)), 'prune-resistant')).toMatchObject([{ split: 'test', pruned: 90 }]);
    expect(code(found(measure([98, 100], [98, 90])), 'prune-resistant')).toMatchObject([
      { checkpoint: null, channelsPruned: 1 },
    ]);
    expect(code(found(measure([98, 49], [80, 49])), 'prune-resistant')).toEqual([]);
    expect(code(found(measure([98, 49], [80, 49])), 'attack-fails')).toEqual([
      { code: 'attack-fails', attack: 'a', split: 'validation', original: 49 },
    ]);
    expect(code(found(measure([98, 50], [80, 0])), 'attack-fails')).toEqual([]);
  });
  test('poisoned images of many labels look like a mistake', () => {
    const codes = (classes: number) =>
      found(measure([98, 100], [80, 0]), null, limits, classes).map((finding) => finding.code);
    expect(codes(1)).not.toContain('many-target-classes');
    expect(codes(10)).toContain('many-target-classes');
  });
  test('what would pass, of the kinds of which no candidate does', () => {
    const several = measure([98, 100], [97, 15, 84, 15], [90, 10, 86, 10], [84, 5, 70, 1]);
    const one = measure([98, 100], [97, 15, 84, 15], [96.5, 10, 86, 10], [84, 5, 86, 1]);
    expect(code(found(several, null, { ...limits, checkpoints: [3] }), 'would-pass')).toEqual([]);
    expect(code(found(one, null, { ...limits, checkpoints: [10] }), 'would-pass')).toMatchObject([{ kind: 'pruned' }]);
    expect(code(found(several, null, { ...limits, checkpoints: [10] }), 'would-pass')).toEqual([
      {
        code: 'would-pass',
        kind: 'pruned',
        within: { checkpoint: 10, channelsPruned: 3 },
        channelsPruned: 1,
        accuracy: 97,
        asr: 15,
      },
      {
        code: 'would-pass',
        kind: 'goodnet',
        within: { checkpoint: 10, channelsPruned: 3 },
        channelsPruned: 2,
        accuracy: 86,
        asr: 10,
      },
    ]);
    expect(code(found(measure([98, 100], [88, 90], [70, 60], [50, 20])), 'none-would-pass')[0]).toEqual({
      code: 'none-would-pass',
      kind: 'pruned',
      within: { checkpoint: 10, channelsPruned: 1 },
      metric: 'asr',
      limit: 20,
      firstLater: { channelsPruned: 3, accuracy: 50, asr: 20 },
    });
    const eitherOr = found(measure([98, 100], [95, 60], [80, 10], [60, 5]));
    expect(code(eitherOr, 'none-would-pass')[0]).toMatchObject({ metric: 'all', firstLater: null });
  });
  test('checkpoints that coincide or are missed', () => {
    const list = found(measure([98, 100], [94, 90], [90, 90]));
    expect(code(list, 'checkpoints-coincide')).toEqual([
      { code: 'checkpoints-coincide', checkpoints: [2, 4], channelsPruned: 1 },
    ]);
    expect(code(list, 'checkpoint-not-reached')).toEqual([
      { code: 'checkpoint-not-reached', checkpoint: 10, largestDrop: 8 },
    ]);
  });
  test('a limit inside the interval', () => {
    expect(code(found(measure([98, 100], [88, 15])), 'interval-spans-limit')).toMatchObject([
      { metric: 'accuracy', limit: 85 },
      { metric: 'asr', limit: 20 },
    ]);
  });
});
