import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { SplitAnswers } from '../../src/defense/answers.ts';
import { costsTooMuch, heldOut } from '../../src/defense/retraining/guard.ts';
import type { Report } from '../../src/report/record/report.ts';
import { parseReport } from '../../src/report/record/recount.ts';
import { recomputed } from '../../src/report/record/recheck.ts';
import { command } from '../command.ts';
import { loadModel, root } from '../support.ts';
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
