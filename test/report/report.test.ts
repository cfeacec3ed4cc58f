import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import { beforeAll, describe, expect, test } from 'vitest';
import { resolveConfig } from '../../src/settings/resolve-config.ts';
import { parseConfig } from '../../src/settings/config-file.ts';
import { comparisonSvg } from '../../src/report/charts/comparison-chart.ts';
import { sweepCsv } from '../../src/report/csv.ts';
import { code, plainText } from '../../src/report/escape.ts';
import { reportPage } from '../../src/report/html/write-page.ts';
import { markdown } from '../../src/report/markdown.ts';
import type { Report } from '../../src/report/record/report.ts';
import { runSummary } from '../../src/report/run-summary.ts';
import { sweepSvg } from '../../src/report/charts/sweep-chart.ts';
import { run } from '../../src/jobs/defend/run.ts';
import { candidateTable } from '../../src/cli/tables.ts';
import { command } from '../command.ts';
import { assets, readJson, root, testWorld } from '../support.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { wideReport } from '../wide-report.ts';

const out = temporaryFolder();
let report: Report;

beforeAll(async () => {
  const settings = resolveConfig(
    { out },
    parseConfig(readFileSync(path.join(root, 'examples/goodnet.yml'), 'utf8'), 'goodnet.yml'),
    'goodnet.yml',
  );
  report = await run(settings, testWorld(root));
});

test('what is written is what is returned, and fits the shipped schema', () => {
  const written = readJson<Report>(path.join(out, 'report.json'));
  expect(written).toEqual(JSON.parse(JSON.stringify(report)));
  const validate = new Ajv().compile(readJson(path.join(root, 'dist/report.schema.json')));
  expect([validate(written), validate.errors]).toEqual([true, null]);
  expect(validate({ ...written, passed: 'yes' })).toBe(false);
  expect(report.models.map(({ gate }) => gate.verdict)).toEqual(['passed', 'failed']);
  expect(report.passed).toBe(false);
  for (const file of report.files) expect(readFileSync(path.join(out, file)).length).toBeGreaterThan(0);
});

test('all that differs between two runs stands under `run`', async () => {
  const again = await run(
    resolveConfig(
      { out },
      parseConfig(readFileSync(path.join(root, 'examples/goodnet.yml'), 'utf8'), 'goodnet.yml'),
      'goodnet.yml',
    ),
    { ...testWorld(root), now: () => new Date() },
  );
  expect({ ...again, run: null }).toEqual({ ...report, run: null });
  expect(readJson<Report>(path.join(out, 'report.json')).models[0]!.candidates.map(({ sha256 }) => sha256)).toEqual(
    report.models[0]!.candidates.map(({ sha256 }) => sha256),
  );
});

test('every percentage agrees with its counts', () => {
  for (const { candidates, sweep } of report.models) {
    for (const figures of candidates.flatMap(({ validation, test: onTest }) => [validation, onTest!])) {
      expect(figures.accuracy).toBe((100 * figures.correct) / figures.clean);
      expect(figures.asr['corner-patch']).toBe(
        (100 * figures.hits['corner-patch']!) / figures.poisoned['corner-patch']!,
      );
    }
    for (const candidate of candidates.slice(1)) {
      const step = sweep.steps[candidate.channelsPruned]!;
      expect(candidate.validation.correct).toBe(candidate.kind === 'goodnet' ? step.goodnet.correct : step.correct);
    }
  }
});

test('evaluate finds the reported figures in the written files, GoodNets too', async () => {
  for (const model of report.models) {
    const files = model.candidates.slice(1).map(({ file }) => path.join(out, file!));
    const { code: exit, stdout } = await command(
      root,
      'evaluate',
      ...files,
      '--json',
      '--scale',
      '0.00392156862745098',
      '--clean',
      'examples/clean_valid.h5',
      '--poisoned',
      'corner-patch=examples/poisoned_valid.h5',
    );
    expect(exit).toBe(0);
    const { models } = JSON.parse(stdout) as {
      models: { outputs: number; validation: { correct: number; hits: object } }[];
    };
    expect(models.map(({ outputs, validation: { correct, hits } }) => [outputs, correct, hits])).toEqual(
      model.candidates
        .slice(1)
        .map(({ kind, validation: { correct, hits } }) => [kind === 'goodnet' ? 11 : 10, correct, hits]),
    );
  }
});

test('sweep.csv has a row for each step', () => {
  const model = report.models[0]!;
  const rows = sweepCsv(model)
    .trim()
    .split('\r\n')
    .map((row) => row.split(','));
  expect(rows).toHaveLength(model.sweep.steps.length + 1);
  expect(new Set(rows.map((row) => row.length)).size).toBe(1);
  const at = (name: string) => rows[24]![rows[0]!.indexOf(name)];
  const step = model.sweep.steps[23]!;
  expect([at('step'), at('channel'), at('accuracy'), at('hits_corner-patch'), at('goodnet_correct')]).toEqual([
    '23',
    String(step.channel),
    String(step.accuracy),
    String(step.hits['corner-patch']),
    String(step.goodnet.correct),
  ]);
});

test('report.md', async () => {
  const stable = { ...report, run: { ...report.run, engine: 'wasm', node: 'v0' }, config: {} };
  await expect(markdown(stable)).toMatchFileSnapshot('../snapshots/report.md');
});

describe('pictures', () => {
  test('are the same each time, whatever was drawn before', () => {
    const [one, two] = report.models;
    const first = sweepSvg(one!);
    comparisonSvg(two!);
    expect(sweepSvg(one!)).toBe(first);
    expect(sweepSvg(one!)).not.toBe(sweepSvg(two!));
  });
  test('take any name and any number of attacks, and hold no script', () => {
    const name = '<script>"&\u202e</script>'.repeat(20);
    const model = {
      ...report.models[0]!,
      path: name,
      layer: name,
      sweep: {
        ...report.models[0]!.sweep,
        poisoned: {},
        steps: report.models[0]!.sweep.steps.map((step) => ({ ...step, asr: {} })),
      },
    };
    for (const svg of [sweepSvg(model), comparisonSvg(model)]) expect(svg).not.toMatch(/<script|\u202e|NaN|undefined/);
  });
});

test.each([
  ['a|b', '<code>a&#124;b</code>'],
  ['@team', '<code>&#64;team</code>'],
  ['<img src=x>', '<code>&#60;img src=x&#62;</code>'],
  ['a\n# b', '<code>a?&#35; b</code>'],
  ['`x`', '<code>&#96;x&#96;</code>'],
  ['a\u202eb', '<code>a?b</code>'],
  ['a\u200db', '<code>a?b</code>'],
  ['می\u200cروم', '<code>می\u200cروم</code>'],
  ['👩\u200d👧', '<code>👩\u200d👧</code>'],
  [`${'x'.repeat(198)}🔥🔥`, `<code>${'x'.repeat(198)}…</code>`],
  ['x'.repeat(300), `<code>${'x'.repeat(199)}…</code>`],
])('%j in Markdown', (name, escaped) => expect(code(name)).toBe(escaped));

test.each(['::error::x', 'a\n::set-output name=x::y', 'x ##[error]y', '\u001b[31mred', 'a\rb'])(
  '%j in a terminal',
  (name) => {
    expect(plainText(name)).not.toMatch(/::|##\[|[\u0000-\u001f]/);
  },
);

test('pages and report.md hold no emoji, which a font may lack', () => {
  for (const gated of [true, false]) {
    const report = wideReport({ models: 4, channels: 8, attacks: 1, errors: 1, gated });
    for (const text of [
      markdown(report),
      reportPage(
        report,
        report.models.map(() => null),
        assets,
      ),
    ])
      expect(text.replaceAll(/<script>[^]*?<\/script>/g, '')).not.toMatch(/\p{Emoji_Presentation}|\ufe0f/u);
  }
});

test('50 attacks: tables for reading have a column for the highest ASR, the same figure as the gate saw', () => {
  const report = wideReport({ models: 1, channels: 64, attacks: 50 });
  const { candidates } = report.models[0]!;
  for (const text of [markdown(report), runSummary(report, { detail: 'sweep', notes: [] })]) {
    const tables = text.split('\n').filter((line) => line.startsWith('|'));
    expect(Math.max(...tables.map((line) => line.split('|').length - 2))).toBeLessThanOrEqual(11);
    const row = tables.find((line) => /pruned.X=10 /.test(line))!;
    expect(row).toContain(
      `${candidates.find(({ kind, checkpoint }) => kind === 'pruned' && checkpoint === 10)!.test!.maxAsr!.toFixed(2)}%`,
    );
    expect(text.match(/^ {2}line /gm)).toHaveLength(2);
    expect(text).toContain('on 11547 clean validation images and those of 50 attacks');
  }
  expect(candidateTable(report.models[0]!).split('\n')[2]).toMatch(/highest ASR.*highest ASR/);
});

test('five attacks, the true labels of one known: where another succeeds most often, its robust accuracy is a dash', () => {
  const report = wideReport({ models: 1, channels: 64, attacks: 5 });
  const { candidates, sweep } = report.models[0]!;
  const [known] = Object.keys(sweep.poisoned);
  for (const figures of candidates.flatMap(({ validation, test: onTest }) => [validation, onTest!])) {
    figures.robust = { [known!]: 10 };
    figures.robustAccuracy = { [known!]: 0.1 };
  }
  const rows = markdown(report)
    .split('\n')
    .filter((line) => /^\| (original|pruned X=2) .*–/.test(line));
  expect(rows.map((row) => row.split('|').map((cell) => cell.trim())[5])).toEqual(['0.10% (10/10264)', '–']);
});
