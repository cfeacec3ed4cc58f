import { describe, expect, test } from 'vitest';
import { indicesByRound } from '../../src/defense/reversal/anomaly.ts';
import { largestIndex } from '../../src/defense/reversal/masks.ts';
import { roundsOf } from '../../src/defense/reversal/search.ts';
import { scanPageOf } from '../../src/report/html/scan-page.ts';
import { assembleScan, type ModelScan, type ScannedTrigger, type ScanPictures } from '../../src/report/record/scan.ts';
import { scanContradiction } from '../../src/report/record/recheck-scan.ts';
import { findingsOfScan, type ScanEvidence } from '../../src/report/record/scan-findings.ts';
import { drawn } from '../../src/report/columns.ts';
import { scannedColumns, triggerColumns } from '../../src/report/scan/columns.ts';
import { limitLine, scanLine, scanSentence } from '../../src/report/scan/wording.ts';
import { resolveConfig } from '../../src/settings/resolve-config.ts';

const trigger = (target: number, more: Partial<ScannedTrigger> = {}): ScannedTrigger => ({
  target,
  steps: 200,
  l1: 10 + target,
  success: 0.99,
  reached: true,
  works: true,
  anomalyIndex: 0,
  images: 900,
  before: 5,
  picture: null,
  ...more,
});

const model = (triggers: ScannedTrigger[], more: Partial<ModelScan> = {}): ModelScan => ({
  name: 'net.h5',
  path: 'nets/net.h5',
  sha256: 'ab'.repeat(32),
  classes: triggers.length,
  images: 1000,
  fewest: 90,
  correct: 950,
  accuracy: 95,
  triggers,
  limit: null,
  sheet: 'net.h5/triggers.png',
  attacks: null,
  findings: [],
  ...more,
});

const ten = Array.from({ length: 10 }, (_, target) => trigger(target));
const evidence: ScanEvidence = {
  precision: 'float32',
  foldersByNumber: false,
  most: 110,
  plain: 0,
  looked: 128,
  stamped: true,
};
const codes = (facts: Partial<ModelScan>, more: Partial<ScanEvidence> = {}) =>
  findingsOfScan(model(facts.triggers ?? ten, facts), { ...evidence, ...more }).map(({ code }) => code);

describe('findings of a scan', () => {
  test('a net without a small mask is not called clean', () => {
    const [found, ...more] = findingsOfScan(model(ten), evidence);
    expect([found, more]).toEqual([{ code: 'no-small-mask', largest: 0 }, []]);
    expect(scanSentence(found!)).toContain('does not clear the net: 7 of 25 BadNets');
  });

  test('a small mask is evidence and no proof, from an index above 2 on', () => {
    const at = (anomalyIndex: number) => [
      trigger(3, { l1: 2, anomalyIndex }),
      ...ten.filter((each) => each.target !== 3),
    ];
    expect(codes({ triggers: at(2) })).toEqual(['no-small-mask']);
    const [found] = findingsOfScan(model(at(2.01)), evidence);
    expect(found).toEqual({ code: 'small-mask', target: 3, l1: 2, anomalyIndex: 2.01 });
    expect(scanSentence(found!)).toContain('3 of 16 nets without a backdoor');
  });

  test('a mask of a trigger that does not work is not called small', () => {
    const failing = trigger(3, { l1: 0.1, anomalyIndex: 9, success: 0.4, works: false });
    const triggers = [...ten.filter(({ target }) => target !== 3), failing];
    expect(codes({ triggers })).toEqual(['triggers-that-fail', 'no-small-mask']);
    expect(largestIndex(triggers)).toBe(0);
    expect(drawn(triggerColumns(model(triggers)), triggers).rows.at(-1)).toEqual(['3', '0.1', '40.00%', '–']);
  });

  test.each<[string, Partial<ModelScan>, Partial<ScanEvidence>]>([
    ['few-images-scanned', { images: 499 }, {}],
    ['few-images-scanned', { fewest: 4 }, {}],
    ['plain-images', {}, { plain: 65 }],
    ['accuracy-of-chance', { correct: 110 }, {}],
    ['too-few-classes', { triggers: ten.slice(0, 5) }, {}],
    ['not-stamped', {}, { stamped: false }],
    ['computed-in-float32', {}, { precision: 'mixed_float16' }],
    ['folders-by-number', {}, { foldersByNumber: true }],
    ['halved-search', { triggers: [...ten, trigger(10, { steps: 25 })] }, {}],
    ['given-without-trigger', { triggers: [trigger(0, { before: 451 }), ...ten.slice(1)] }, {}],
  ])('%s is found where it is so, and said', (code, facts, more) => {
    const found = findingsOfScan(model(facts.triggers ?? ten, facts), { ...evidence, ...more });
    expect(found.map((each) => each.code)).toEqual([code, 'no-small-mask']);
    expect(scanSentence(found[0]!)).toMatch(/^[A-Z0-9].*\.$/);
  });

  test('what lies on the border is none', () => {
    expect(codes({ images: 500, fewest: 5, correct: 111 }, { plain: 64 })).toEqual(['no-small-mask']);
    expect(codes({ triggers: [trigger(0, { before: 450 }), ...ten.slice(1)] })).toEqual(['no-small-mask']);
  });

  test('two classes have no index', () => {
    const two = [trigger(0, { anomalyIndex: null }), trigger(1, { anomalyIndex: null })];
    expect(codes({ triggers: two })).toEqual(['too-few-classes']);
    expect(drawn(triggerColumns(model(two)), two).head).toEqual(['class', 'mask size', 'success']);
  });
});

describe('a scan that was halved, made again from its masks and counts', () => {
  const rounds = roundsOf(20);
  const steps = [...rounds].reverse().flatMap((round, i, all) => {
    return Array.from({ length: round.classes - (all[i - 1]?.classes ?? 0) }, () => round.steps);
  });
  const sizes = steps.map((_, target) => [40 + (target % 7), 10 + target].slice(0, steps[target] === 200 ? 2 : 1));
  const indices = indicesByRound(sizes.map((each) => ({ sizes: each })));
  const triggers = steps.map((count, target) =>
    trigger(target, { steps: count, l1: sizes[target]!.at(-1)!, anomalyIndex: indices[target]!, images: 950 }),
  );
  const facts = { classes: 20, images: 1000, fewest: 50, correct: 900, triggers };
  const honest = model(triggers, {
    ...facts,
    accuracy: 90,
    findings: findingsOfScan(facts, { ...evidence, stamped: false, most: 50 }),
  });
  const forged = (change: (model: ModelScan) => unknown): string | null => {
    const copy = structuredClone(honest);
    change(copy);
    return scanContradiction(copy, undefined);
  };

  test('is as recorded', () => {
    expect([steps.length, steps.at(-1), indices.includes(null)]).toEqual([20, 25, false]);
    expect(forged(() => 0)).toBeNull();
  });

  test.each<[string, (model: ModelScan) => unknown, RegExp]>([
    ['without the index of a class that did not go on', (net) => (net.triggers[19]!.anomalyIndex = null), /\[19\]/],
    ['with a class that would not have gone on', (net) => (net.triggers[16]!.steps = 200), /triggers\[16\]\.steps/],
    ['with another index in the last round', (net) => (net.triggers[3]!.anomalyIndex = 1), /\[3\]\.anomalyIndex/],
    ['with more plain images than were looked at', (net) => net.findings.push(plain), /impossible counts/],
    ['as not halved', (net) => net.findings.splice(1, 1), /findings/],
  ])('%s it contradicts itself', (_, change, words) => {
    expect(forged(change)).toMatch(words);
  });

  const plain = { code: 'plain-images', plain: 9, looked: 8 } as const;
});

describe('the record of several nets', () => {
  const { config, sources } = resolveConfig({ models: ['nets/*.h5'], workers: 3 }, {}, null);
  const run = {} as never;
  const assembled = (limits: (boolean | null)[], errors: number) => {
    const models = limits.map((met) =>
      model(ten, {
        limit: met === null ? null : { setting: 'max-anomaly-index', limit: 2, actual: met ? 0 : 3, met },
      }),
    );
    const refused = Array.from({ length: errors }, () => ({ path: 'x.h5', code: 'not-hdf5', message: 'no' }));
    const scanned = models.map((each) => ({ model: each, inputs: [] }));
    return assembleScan(scanned, ['scan.json'], { errors: refused, config, sources, run });
  };

  test.each<[(boolean | null)[], number, string, string]>([
    [[null, null], 0, 'ungated', '2 nets scanned, no limit is set'],
    [[true, true], 0, 'passed', 'Passed: 2 nets within max-anomaly-index'],
    [[true, false], 0, 'failed', 'Limit not met by 1 of 2 nets'],
    [[true], 1, 'error', '1 net could not be scanned'],
  ])('limits %j with %i errors: %s', (limits, errors, verdict, line) => {
    const found = assembled(limits, errors);
    expect([found.verdict, found.passed]).toEqual([verdict, ['passed', 'ungated'].includes(verdict)]);
    expect(scanLine(found)).toBe(line);
    expect(found.config['workers']).toBeUndefined();
  });

  test('what a limit says', () => {
    const limit = (actual: number | null, met: boolean): ModelScan['limit'] => ({
      setting: 'max-anomaly-index',
      limit: 2,
      actual,
      met,
    });
    const small = [trigger(7, { anomalyIndex: 3.5 }), ...ten.slice(0, 7)];
    expect(limitLine(model(ten))).toBe(null);
    expect(limitLine(model(ten, { limit: limit(0, true) }))).toBe('Passed: no anomaly index above 2.');
    expect(limitLine(model(small, { limit: limit(3.5, false) }))).toBe(
      'Limit not met: the anomaly index of class 7 is 3.50, the limit is 2.',
    );
    expect(limitLine(model(ten, { limit: limit(null, false) }))).toContain('no anomaly index could be measured');
  });

  test('a table of them shows the smallest mask of each', () => {
    const small = [trigger(7, { l1: 1.26, anomalyIndex: 3.5 }), ...ten];
    const models = [model(small), model(ten, { path: 'b.h5' })];
    expect(
      drawn(
        scannedColumns(({ path }) => path, models),
        models,
      ),
    ).toEqual({
      head: ['model', 'class', 'mask size', 'success', 'anomaly index'],
      rows: [
        ['nets/net.h5', '7', '1.3', '99.00%', '3.50'],
        ['b.h5', '0', '10.0', '99.00%', '0.00'],
      ],
      right: [false, true, true, true, true],
    });
  });
});

test('the page holds pictures and words, and nothing that a name could bring into it', () => {
  const hostile = '<img src=x onerror=alert(1)>.h5';
  const pictures: ScanPictures = [
    { target: 0, pattern: 'UEFU', mask: 'TUFT', images: [{ label: 4, answer: 0, png: 'SU1H' }] },
  ];
  const many = model(
    Array.from({ length: 130 }, (_, target) => trigger(target)),
    { path: hostile, attacks: 'net.h5/attacks.yml', findings: [{ code: 'no-small-mask', largest: 1 }] },
  );
  const { config, sources } = resolveConfig({ models: [hostile] }, {}, null);
  const run = {
    tool: 'goodnet' as const,
    version: '1',
    engine: 'wasm',
    workers: 1,
    node: 'v20',
    startedAt: 'now',
    seconds: 1,
  };
  const facts = { errors: [{ path: hostile, code: 'x', message: hostile }], config, sources, run };
  const scanned = [{ model: many, inputs: [{ file: hostile, bytes: 1, sha256: 'cd', samples: null }] }];
  const page = scanPageOf(assembleScan(scanned, [], facts), [pictures], { text: 'p{}', hash: 'sha256-x' });
  expect(page).not.toContain('<img src=x');
  expect(page).not.toContain('<script');
  for (const png of ['UEFU', 'TUFT', 'SU1H']) expect(page).toContain(`src="data:image/png;base64,${png}"`);
  expect(page).toContain('class 4, answered <span class="bad">0</span>');
  expect(page).toContain('30 more classes stand in <code>scan.json</code>');
  expect(page).toContain('does not clear the net');
  expect(page).toContain('it is no attack success rate');
  const large = [{ ...pictures[0]!, pattern: 'A'.repeat(12_000_001) }];
  const without = scanPageOf(assembleScan(scanned, [], facts), [large], { text: 'p{}', hash: 'sha256-x' });
  expect(without).not.toContain('data:image');
  expect(without).toContain('would make the page too large');
});
