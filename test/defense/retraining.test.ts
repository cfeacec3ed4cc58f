import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { SplitAnswers } from '../../src/defense/answers.ts';
import { attempt, type TrainedTo } from '../../src/defense/retraining/attempts.ts';
import { notRepaired, trainingSentence } from '../../src/defense/retraining/findings.ts';
import type { Ground } from '../../src/defense/retraining/ground.ts';
import { costsTooMuch, heldOut } from '../../src/defense/retraining/guard.ts';
import { mulberry32, split } from '../../src/engine/training/draw.ts';
import type { Report } from '../../src/report/record/report.ts';
import { parseReport } from '../../src/report/record/recount.ts';
import { recomputed } from '../../src/report/record/recheck.ts';
import { command } from '../command.ts';
import { random } from '../random-nets.ts';
import { dataFile, fixtures, loadModel, root } from '../support.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const answers = (classes: number[], labels: number[]): SplitAnswers => ({
  sizes: { clean: classes.length, poisoned: {} },
  clean: {
    classes: Int32Array.from(classes),
    data: { labels: Int32Array.from(labels), count: labels.length } as SplitAnswers['clean']['data'],
  },
  attacks: new Map(),
});

test('losses are counted on the images held out alone', () => {
  const labels = [0, 1, 2, 3, 4, 5];
  const before = answers([0, 1, 2, 0, 4, 5], labels);
  const after = answers([9, 9, 2, 3, 9, 5], labels);
  const halves = { training: Int32Array.of(0, 2), heldOut: Int32Array.of(1, 3, 4, 5) };
  expect(heldOut(before, after, halves)).toEqual({ images: 4, lost: 2, won: 1 });
});

test('a training is refused where it surely costs more than 2 points', () => {
  // of 400 images: (b - c) / 400 - 1.645 sqrt(b + c) / 400 > 0.02
  expect(costsTooMuch({ images: 400, lost: 14, won: 0 })).toBe(false);
  expect(costsTooMuch({ images: 400, lost: 16, won: 0 })).toBe(true);
  expect(costsTooMuch({ images: 400, lost: 16, won: 2 })).toBe(false);
  expect(costsTooMuch({ images: 88, lost: 2, won: 0 })).toBe(false);
});

describe('the resistant example', () => {
  const cwd = temporaryFolder();
  let report: Report;

  beforeAll(async () => {
    for (const file of ['resistant.h5', 'clean_valid.h5', 'poisoned_valid.h5', 'clean_test.h5', 'poisoned_test.h5'])
      copyFileSync(path.join(root, 'examples', file), path.join(cwd, file));
    const { code } = await command(
      cwd,
      ...['defend', 'resistant.h5', '--clean', 'clean_valid.h5', '--poisoned', 'patch=poisoned_valid.h5'],
      ...['--test-clean', 'clean_test.h5', '--test-poisoned', 'patch=poisoned_test.h5', '--scale', '1/255'],
      ...['--min-accuracy', '85', '--max-asr', '20', '--accept', 'unlearned,fine-pruned', '--checkpoints', '10'],
      ...['--defenses', 'pruning,fine-pruning,unlearning', '--rounds', '1', '--workers', '2', '--out', 'out'],
    );
    expect(code).toBe(0);
    report = parseReport(readFileSync(path.join(cwd, 'out/report.json'), 'utf8'), 'report.json');
  });

  test('is repaired by unlearning where pruning leaves the backdoor', () => {
    const { candidates, gate } = report.models[0]!;
    const of = (kind: string, stage?: string) =>
      candidates.find((each) => each.kind === kind && each.stage === stage)!.test!;
    expect(of('pruned').maxAsr).toBe(100);
    expect(of('unlearned', 'unlearned_1').maxAsr).toBeLessThan(6);
    expect(of('unlearned', 'unlearned_1').accuracyDrop).toBeLessThan(3.5);
    expect(gate.verdict).toBe('passed');
    expect(candidates[gate.recommended!]!.file).toMatch(/model_(unlearned_1|finepruned_X=10)\.h5$/);
  });

  test('its trace tells of every class, of those that were unlearned and of the trainings', () => {
    const { unlearning, finePruning } = report.models[0]!;
    const [round] = unlearning!.rounds;
    expect(round!.triggers.map(({ target }) => target)).toEqual([...Array(10).keys()]);
    expect(round!.unlearned).toHaveLength(3);
    expect(round!.unlearned).toContain(0);
    const sizes = round!.triggers.map(({ l1 }) => l1);
    expect(Math.max(...round!.unlearned.map((target) => sizes[target]!))).toBe([...sizes].sort((a, b) => a - b)[2]);
    expect(round!.attempts.at(-1)).toMatchObject({ rate: 3e-3, passed: true, heldOut: { images: 90 } });
    expect(finePruning!.stages.map(({ checkpoint }) => checkpoint)).toEqual([10]);
  });

  test('files are the submitted net with trained weights changed, and give what was counted', async () => {
    const out = (file: string): string => path.join(cwd, 'out', file);
    const { candidates } = report.models[0]!;
    expect(candidates.slice(1).every(({ file }) => existsSync(out(file!)))).toBe(true);
    for (const [kind, stage] of [
      ['unlearned', 'unlearned_1'],
      ['fine-pruned', 'finepruned_X=10'],
    ]) {
      const repaired = candidates.find((each) => each.kind === kind && each.stage === stage)!;
      for (const candidate of [repaired, candidates.find((each) => each.kind === 'goodnet' && each.stage === stage)!]) {
        const { stdout } = await command(
          cwd,
          ...['evaluate', `out/${candidate.file!}`, '--clean', 'clean_test.h5', '--poisoned', 'patch=poisoned_test.h5'],
          ...['--scale', '1/255', '--json'],
        );
        const [{ validation }] = (JSON.parse(stdout) as { models: [{ validation: { correct: number; hits: object } }] })
          .models;
        expect([validation.correct, validation.hits]).toEqual([candidate.test!.correct, candidate.test!.hits]);
      }
    }
  });

  test('pruned channels of a fine-pruned net stay zero, and others are trained', async () => {
    const { model } = await loadModel(path.join(cwd, `out/resistant.h5/model_finepruned_X=10.h5`));
    const pruned = await loadModel(path.join(cwd, `out/resistant.h5/model_X=10.h5`));
    const kernel = (net: typeof model) => net.calls.find(({ layer }) => layer.name === 'conv_3')!.layer.weights[0]!;
    const [trained, before] = [kernel(model).values, kernel(pruned.model).values];
    const off = [...before.keys()].filter((i) => before[i] === 0);
    expect(off.length).toBeGreaterThan(0);
    expect(off.every((i) => trained[i] === 0)).toBe(true);
    expect(trained.filter((value, i) => value !== before[i]).length).toBeGreaterThan(before.length / 10);
  });

  test('its report is recomputed from its counts', () => {
    expect(JSON.parse(JSON.stringify(recomputed(report, null)))).toEqual(report);
    const forged = structuredClone(report);
    forged.models[0]!.unlearning!.rounds[0]!.attempts[0]!.heldOut!.lost = 60;
    expect(JSON.stringify(recomputed(forged, null))).not.toBe(JSON.stringify(forged));
  });

  test('the page shows what was unlearned', () => {
    const page = readFileSync(path.join(cwd, 'out/report.html'), 'utf8');
    expect(page).toContain('Reversed triggers');
    expect(page.match(/alt="mask of the trigger for class/g)).toHaveLength(3);
    expect(readFileSync(path.join(cwd, 'out/report.md'), 'utf8')).toContain('### Reversed triggers');
  });
});

describe('what cannot be trained on is refused', () => {
  test.each([
    [['--accept', 'unlearned'], 'none of `defenses` makes; add `unlearning` to `defenses`'],
    [['--defenses', 'unlearning'], '`defenses` lacks `pruning`'],
    [['--defenses', 'pruning,unlearning', '--rounds', '9'], 'rounds'],
  ])('%j', async (flags, words) => {
    const { code, stderr } = await command(root, 'defend', 'examples/badnet.h5', ...flags, '--out', '/nowhere/out');
    expect([code, stderr]).toEqual([2, expect.stringContaining(words)]);
  });
});

/** `defend` with every defense on a net of the fixtures and images of noise, with so many of each class. */
async function defendNoise(file: string, perClass: readonly number[]) {
  const cwd = temporaryFolder();
  const name = path.basename(file);
  copyFileSync(path.join(fixtures, file), path.join(cwd, name));
  const { model } = await loadModel(path.join(fixtures, file));
  const labels = perClass.flatMap((count, label) => Array<number>(count).fill(label));
  const shape = [labels.length, ...model.inputShape];
  const r = random(3);
  const pixels = Float32Array.from({ length: shape.reduce((a, b) => a * b) }, () => r());
  writeFileSync(path.join(cwd, 'clean.h5'), await dataFile(shape, pixels, labels));
  const flags = [
    '--layout',
    'NHWC',
    '--defenses',
    'pruning,fine-pruning,unlearning',
    '--rounds',
    '1',
    '--workers',
    '2',
  ];
  const { code, stdout, stderr } = await command(cwd, 'defend', name, '--clean', 'clean.h5', ...flags);
  return { code, stdout, last: stderr.trimEnd().split('\n').at(-1)!, wrote: existsSync(path.join(cwd, 'goodnet-out')) };
}

test.each([
  ['formats/deep.keras3.h5', [40, 40, 0, 40], 'class 2 has no clean validation image'],
  ['formats/deep.keras3.h5', [60, 60, 0, 0], '2 of 4 classes, 2 the first, have no clean validation image'],
  ['formats/deep.keras3.h5', [60, 0, 0, 0], 'all'],
  ['formats/deep.keras3.h5', [1, 1, 1, 1], 'at least 32 are needed'],
  ['formats/float16.keras3.h5', [40, 40, 40, 40], 'stores its weights in float16'],
])('%s with %j images of its classes is refused', async (file, perClass, words) => {
  const { code, last, wrote } = await defendNoise(file, perClass);
  expect([code, last, wrote]).toEqual([2, expect.stringContaining(words), false]);
});

test('a net of one sigmoid, and one whose layers are used twice, are trained as others are', async () => {
  for (const [file, perClass] of [
    ['formats/sigmoid.keras3.h5', [60, 60]],
    ['formats/used_twice.keras2.h5', [30, 30, 30, 30]],
  ] as const) {
    const { code, stdout } = await defendNoise(file, perClass);
    expect([code, stdout]).toEqual([0, expect.stringContaining('goodnet unlearned_1')]);
    expect(stdout).toContain('Clean images alone choose unlearned_1');
  }
});

test('trainings that go astray or forget are tried at lower rates, and said to repair nothing', async () => {
  const labels = Int32Array.from({ length: 500 }, (_, i) => i % 2);
  const right = { validation: answers([...labels], [...labels]), test: null };
  const wrong = { validation: answers(Array<number>(500).fill(0), [...labels]), test: null };
  const asked: number[] = [];
  const told: Record<string, number[]> = {};
  const kept = new Map<string, TrainedTo>();
  const ground = {
    subject: {
      original: () => Promise.resolve(right),
      answers: (edits: ReadonlyMap<string, Float32Array>) => Promise.resolve(edits.size === 0 ? right : wrong),
      kept: {
        trainings: {
          take: (stage: string, rate: number) => kept.get(`${stage} ${rate}`) ?? null,
          put: (stage: string, rate: number, trained: TrainedTo) => kept.set(`${stage} ${rate}`, trained),
        },
      },
      progress: (stage: string, [{ count }]: [{ count: number }]) => {
        const left = (told[stage] = [count]);
        return (images: number) => void left.push(left.at(-1)! - images);
      },
    },
    clean: {
      trained: ({ rate, steps }: { rate: number; steps: number }, progress: (images: number) => void) => {
        asked.push(rate);
        for (let step = 0; step < steps; step++) progress(64);
        const weights = rate === 1e-3 ? new Map([['w', new Float32Array(1)]]) : new Map();
        return Promise.resolve({ weights, losses: Float64Array.of(1, rate === 3e-3 ? NaN : 1) });
      },
    },
    halves: split(500, mulberry32(1)),
    fewest: 250,
  } as unknown as Ground;
  const found = await attempt('x', [3e-3, 1e-3, 3e-4], { seed: 1 }, ground);
  expect(found.attempts).toEqual([
    { rate: 3e-3, heldOut: null, passed: false },
    { rate: 1e-3, heldOut: { images: 100, lost: expect.any(Number) as number, won: 0 }, passed: false },
    { rate: 3e-4, heldOut: { images: 100, lost: 0, won: 0 }, passed: true },
  ]);
  expect([asked, found.trained!.rate]).toEqual([[3e-3, 1e-3, 3e-4], 3e-4]);
  expect(Object.keys(told)).toEqual(['training x at 0.003', 'training x at 0.001', 'training x at 0.0003']);
  for (const left of Object.values(told)) expect([left[0], left.at(-1), left.length]).toEqual([16_000, 0, 251]);
  expect([...kept].map(([name, { weights }]) => [name, weights?.size])).toEqual([
    ['x 0.003', undefined],
    ['x 0.001', 1],
    ['x 0.0003', 0],
  ]);
  expect(await attempt('x', [3e-3, 1e-3, 3e-4], { seed: 1 }, ground)).toEqual(found);
  expect(asked).toHaveLength(3);
  kept.clear();
  const none = await attempt('x', [3e-3, 1e-3], { seed: 1 }, ground);
  expect(asked).toHaveLength(5);
  expect(none.trained).toBeNull();
  expect(notRepaired('unlearning', 'unlearned_1', none.attempts).map(trainingSentence)).toEqual([
    expect.stringMatching(
      /^Not repaired: no training of unlearning \(unlearned_1\) holds the accuracy .* loses \d+\.\d\d% of the 100 images/,
    ),
  ]);
});
