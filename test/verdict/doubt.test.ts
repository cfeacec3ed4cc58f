import { cpSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { dtypeName } from '../../src/models/layers/allow-list.ts';
import { markdown } from '../../src/report/markdown.ts';
import { recomputed } from '../../src/report/record/recheck.ts';
import { recount } from '../../src/report/record/recount.ts';
import type { Report } from '../../src/report/record/report.ts';
import { runSummary } from '../../src/report/run-summary.ts';
import { command } from '../command.ts';
import { fixtures, readJson } from '../support.ts';
import { writeImages, writeNet } from '../synthetic.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const home = temporaryFolder();
const data = ['--clean', 'clean.h5', '--poisoned', 'bd=poisoned.h5', '--scale', '1'];
const limits = ['--min-accuracy', '0', '--max-asr', '100', '--accept', 'original,pruned,goodnet'];
const words =
  'computed in float32, declared in mixed_float16: its classes depend on rounding that goodnet does not compute; save the net in float32';
const reportIn = (out: string): Report => readJson(path.join(home, out, 'report.json'));

beforeAll(async () => {
  const size = { side: 8, channels: 4, classes: 3, stride: 2 };
  await writeNet(path.join(home, 'half.h5'), { ...size, dtype: 'mixed_float16' }, 1);
  await writeNet(path.join(home, 'single.h5'), size, 1);
  await writeImages(path.join(home, 'clean.h5'), { count: 30, side: 8, classes: 3 });
  await writeImages(path.join(home, 'poisoned.h5'), { count: 20, side: 8, classes: 3, target: 0 });
});

describe('half precision', () => {
  let printed: { code: number; stdout: string };
  beforeAll(async () => {
    printed = await command(home, 'defend', 'half.h5', ...data, ...limits, '--sarif', 'log.sarif');
  });

  test('fails the gate with a reason, whatever the figures', async () => {
    const {
      models: [half],
      passed,
    } = reportIn('goodnet-out');
    expect([printed.code, passed]).toEqual([1, false]);
    expect(half!.gate).toMatchObject({
      verdict: 'failed',
      recommended: null,
      failedOnTest: null,
      doubt: { code: 'half-precision', declared: 'mixed_float16' },
    });
    expect(half!.gate.rules.every((rule) => rule.met)).toBe(true);
    expect(half!.findings).toContainEqual({ code: 'computed-in-float32', declared: 'mixed_float16' });
    expect((await command(home, 'defend', 'single.h5', ...data, ...limits, '--out', 'single')).code).toBe(0);
    expect(reportIn('single').models[0]!.gate).not.toHaveProperty('doubt');
    expect(reportIn('single').models[0]!.candidates.map(({ validation }) => validation)).toEqual(
      half!.candidates.map(({ validation }) => validation),
    );
  });

  test('is told wherever the verdict is', () => {
    const report = reportIn('goodnet-out');
    const told = [
      stripVTControlCharacters(printed.stdout),
      markdown(report),
      runSummary(report, { detail: 'table', notes: [] }),
      runSummary(report, { detail: 'line', notes: [] }),
      ...['goodnet-out/report.html', 'log.sarif'].map((file) => readFileSync(path.join(home, file), 'utf8')),
    ];
    for (const text of told) expect(text).toContain(`Gate not met: ${words}.`);
    expect(told[2]!).toContain('meets the limits, but is in doubt');
    expect(told[1]! + told[2]!).not.toMatch(/✅|\| *yes *\|/);
  });

  test('is no verdict where no limit is set', async () => {
    expect((await command(home, 'defend', 'half.h5', ...data, '--out', 'ungated')).code).toBe(0);
    const { gate, findings } = reportIn('ungated').models[0]!;
    expect([gate.verdict, 'doubt' in gate, findings.map(({ code }) => code)]).toEqual([
      'ungated',
      false,
      expect.arrayContaining(['computed-in-float32']),
    ]);
  });

  test('is said by inspect', async () => {
    expect(stripVTControlCharacters((await command(home, 'inspect', 'half.h5')).stdout)).toContain(
      `No gate passes this net: ${words}.`,
    );
    expect((await command(home, 'inspect', 'single.h5')).stdout).not.toContain('declared');
    expect(JSON.parse((await command(home, 'inspect', 'half.h5', '--json')).stdout)).toMatchObject({
      precision: 'mixed_float16',
    });
  });

  test('is judged again from the record: by verify, by other limits, and where it was left out', async () => {
    expect((await command(home, 'verify', 'goodnet-out', '--rerun')).code).toBe(0);
    const report = reportIn('goodnet-out');
    expect(recomputed(report, null)).toEqual(report);
    expect(recount(report.models[0]!, { 'max-asr': 100 }, ['original'], null).gate.verdict).toBe('failed');
    const { doubt: _, ...gate } = report.models[0]!.gate;
    const without = {
      ...report,
      passed: true,
      models: [{ ...report.models[0]!, gate: { ...gate, verdict: 'passed' as const, recommended: 0 } }],
    };
    expect(recomputed(without, null).models).toEqual(report.models);
  });

  test('does not become a pass by resuming', async () => {
    const folder = temporaryFolder();
    cpSync(home, folder, { recursive: true });
    expect((await command(folder, 'defend', 'half.h5', ...data, ...limits, '--resume')).code).toBe(1);
  });
});

describe('an activation that Keras 3 computes otherwise than Keras 2, which wrote the file', () => {
  const told =
    'its `hard_sigmoid` is one function in Keras 2, which wrote the file, and another in Keras 3, which loads it too; save it with the Keras that will use it';
  beforeAll(async () =>
    writeNet(
      path.join(home, 'hard.h5'),
      { side: 8, channels: 4, classes: 3, stride: 2, activation: 'hard_sigmoid' },
      1,
    ),
  );

  test('fails the gate with a reason, and is judged so again', async () => {
    const { code, stdout } = await command(home, 'defend', 'hard.h5', ...data, ...limits, '--out', 'hard');
    expect([code, stripVTControlCharacters(stdout)]).toEqual([1, expect.stringContaining(`Gate not met: ${told}.`)]);
    const report = reportIn('hard');
    expect(report.models[0]!.gate).toMatchObject({
      verdict: 'failed',
      recommended: null,
      doubt: { code: 'keras-versions-differ', activation: 'hard_sigmoid' },
    });
    expect(report.models[0]!.findings).toContainEqual({ code: 'keras-versions-differ', activation: 'hard_sigmoid' });
    expect(recomputed(report, null)).toEqual(report);
    expect((await command(home, 'verify', 'hard')).code).toBe(0);
  });

  test('is said by inspect', async () => {
    expect(stripVTControlCharacters((await command(home, 'inspect', 'hard.h5')).stdout)).toContain(
      `No gate passes this net: ${told}.`,
    );
  });
});

describe('a net of which TensorFlow makes another one as a graph', () => {
  const images = ['--clean', 'clean.h5', '--poisoned', 'bd=poisoned.h5', '--scale', '1', '--layer', 'conv'];

  test.each([
    ['slope', 'a leaky ReLU behind a convolution and an Add gets the slope 0.2'],
    ['multiple', 'becomes a leaky ReLU of that slope'],
    ['gelu', 'almost a GELU'],
    ['mish', 'a mish behind a convolution and an Add fails'],
  ])('%s.keras fails the gate with a reason, and is judged so again', async (rewrite, told) => {
    for (const name of [`rewritten/${rewrite}.keras`, 'rounding/clean.h5', 'rounding/poisoned.h5'])
      cpSync(path.join(fixtures, name), path.join(home, path.basename(name)));
    const name = `${rewrite}.keras`;
    const { code, stdout } = await command(home, 'defend', name, ...images, ...limits, '--out', `of-${name}`);
    const doubt = { code: 'graph-rewritten', rewrite };
    expect([code, stripVTControlCharacters(stdout)]).toEqual([1, expect.stringContaining(told)]);
    const report = reportIn(`of-${name}`);
    expect(report.models[0]!.gate).toMatchObject({ verdict: 'failed', recommended: null, doubt });
    expect(report.models[0]!.findings).toContainEqual(doubt);
    expect(recomputed(report, null)).toEqual(report);
    expect(stripVTControlCharacters((await command(home, 'inspect', name)).stdout)).toContain(told);
  });
});

describe('a layer that changes images at random wherever `net(images)` is called', () => {
  const told =
    'its RandomFlip changes images at random where Keras calls the net as `net(images)`, and not in `predict`: such answers are not scored; save the net without it';
  const size = { side: 12, channels: 3, classes: 4 };
  const images = ['--clean', 'colors.h5', '--poisoned', 'bd=red.h5', '--scale', '1', '--layer', 'conv'];
  const doubt = { code: 'answers-at-random', augmentation: 'RandomFlip' };
  beforeAll(async () => {
    await writeImages(path.join(home, 'colors.h5'), { ...size, count: 30 });
    await writeImages(path.join(home, 'red.h5'), { ...size, count: 20, target: 0 });
  });

  test.each(['augmented.keras2.h5', 'augmented.keras2.keras', 'augmented.keras3.keras'])(
    '%s fails the gate with a reason, and is judged so again',
    async (name) => {
      cpSync(path.join(fixtures, 'formats', name), path.join(home, name));
      const { code, stdout } = await command(home, 'defend', name, ...images, ...limits, '--out', `of-${name}`);
      expect([code, stripVTControlCharacters(stdout)]).toEqual([1, expect.stringContaining(`Gate not met: ${told}.`)]);
      const report = reportIn(`of-${name}`);
      expect(report.models[0]!.gate).toMatchObject({ verdict: 'failed', recommended: null, doubt });
      expect(report.models[0]!.findings).toContainEqual(doubt);
      expect(recomputed(report, null)).toEqual(report);
      expect(stripVTControlCharacters((await command(home, 'inspect', name)).stdout)).toContain(
        `No gate passes this net: ${told}.`,
      );
    },
  );
});

test.each([
  [undefined, 'float32'],
  [null, 'float32'],
  ['float16', 'float16'],
  [{ class_name: 'DTypePolicy', config: { name: 'float32' } }, 'float32'],
  [{ class_name: 'Policy', config: { name: 'mixed_float16' } }, 'mixed_float16'],
  [{ class_name: 'FloatDTypePolicy', config: { name: 'float32' } }, 'float32'],
  [{ class_name: 'DTypePolicyMap', config: { name: 'float32', default_policy: 'float32' } }, 'a "DTypePolicyMap"'],
  [{ class_name: 'QuantizedDTypePolicy', config: { mode: 'int8' } }, 'a "QuantizedDTypePolicy"'],
  [{ class_name: ['DTypePolicy'], config: { name: 'float32' } }, 'a ["DTypePolicy"]'],
  [{ class_name: 'DTypePolicy', config: { name: ['float32'] } }, 'a policy without a name'],
])('the number format that %j names', (dtype, name) => expect(dtypeName(dtype)).toBe(name));
