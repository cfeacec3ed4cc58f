import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { commentOf } from '../../src/github/comment.ts';
import { summaryOf } from '../../src/github/summary.ts';
import type { Report } from '../../src/report/record/report.ts';
import type { Scan } from '../../src/report/record/scan.ts';
import { withScan } from '../../src/report/record/with-scan.ts';
import { exampleConfig as example, openArtifact, pullRequest, runAction, smallWorkspace } from '../action-run.ts';
import { forEachTest, type GitHubServer } from '../github-server.ts';
import { random } from '../random-nets.ts';
import { dataFile, readJson } from '../support.ts';
import { temporaryFolder } from '../temporary-folder.ts';

let server: GitHubServer;
forEachTest((fresh) => {
  server = fresh;
});

const inputs = { models: 'examples/badnet.h5', scan: 'true' };
const recordOf = (folder: string): Scan => readJson(path.join(folder, 'goodnet-out-scan/scan.json'));
const reportOf = (folder: string): Report => readJson(path.join(folder, 'goodnet-out/report.json'));
const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();

/** A workspace whose clean validation images lack the last class: every model is refused by a scan before it searches. */
async function withoutClass(config?: string): Promise<string> {
  const folder = smallWorkspace(config);
  const r = random(1);
  const pixels = Float32Array.from({ length: 90 * 64 }, () => Math.round(255 * r()));
  const labels = Array.from({ length: 90 }, (_, i) => i % 9);
  writeFileSync(path.join(folder, 'examples/clean_valid.h5'), await dataFile([90, 8, 8, 1], pixels, labels));
  return folder;
}

describe('without a limit', () => {
  let folder: string;

  test('the scan is told and decides nothing: table, findings, comment, artifact, output', async () => {
    folder = smallWorkspace();
    const comment = { 'comment-summary-in-pr': 'always' };
    const run = await runAction(folder, server, { inputs: { ...inputs, ...comment }, event: pullRequest() });
    const found = recordOf(folder);
    const [model] = found.models;
    expect([run.code, run.annotations, run.outputs['passed'], run.outputs['verdict']]).toEqual([
      0,
      [],
      'true',
      'passed',
    ]);
    expect(run.outputs['recommended-model']).not.toBe('');
    const indices = model!.triggers.flatMap(({ works, anomalyIndex }) => (works ? [anomalyIndex!] : []));
    expect(run.outputs['anomaly-index']).toBe(String(Math.max(...indices)));
    const smallest = model!.triggers.slice(0, 3).map(({ target, l1 }) => [String(target), l1.toFixed(1)]);
    const [before, section] = run.summary.split('### Scan: 1 net scanned, no limit is set\n');
    expect(before).toContain('## ✅ goodnet: Passed\n');
    expect(section!.split('\n')[1]).toMatch(/^\| +class \| +mask size \| +success \| +anomaly index \|/);
    const cells = (line: string): string[] => line.split('|').map((cell) => cell.trim());
    const rows = section!.split('\n').filter((line) => /^\| +\d/.test(line));
    expect(rows.map((line) => cells(line).slice(1, 3))).toEqual(smallest);
    expect(section).toMatch(/^- (Class \d has a small mask|No class has an anomaly index)/m);
    const names = server.artifacts.map(({ name }) => name.replace(/-[0-9a-f]{8}/, ''));
    expect(names).toEqual(['goodnet-gate', 'goodnet-gate-report', 'goodnet-gate-scan']);
    expect(section).toMatch(/Artifacts: .*-scan<\/code>\]/);
    const unpacked = await openArtifact(server, /-scan$/);
    expect(filesIn(unpacked)).toEqual([...found.files].sort());
    for (const file of found.files)
      expect(
        readFileSync(path.join(unpacked, file)).equals(readFileSync(path.join(folder, 'goodnet-out-scan', file))),
      ).toBe(true);
    const told = readFileSync(path.join(folder, 'goodnet-out/comment.md'), 'utf8');
    expect(told).toContain('### Scan: 1 net scanned');
    expect(server.comments[0]!.body).toContain(told);
  });

  test('several nets have a row each, names are text, and a thousand fit', () => {
    const found = recordOf(folder);
    const name = 'nets/a|b`<img src=x>@team.h5';
    const of = (count: number): Scan => ({
      ...found,
      models: Array.from({ length: count }, (_, i) => ({ ...found.models[0]!, path: `${name}${i}` })),
      errors: [{ path: name, code: 'not-hdf5', message: `${name} is no model` }],
    });
    const two = summaryOf(reportOf(folder), [], of(2)).split('### Scan: ')[1]!;
    expect(two).toContain('| model');
    expect(two.match(/^\| <code>nets/gm)).toHaveLength(2);
    expect(two.match(/^<code>nets.*<\/code>$/gm)).toHaveLength(2);
    expect(two).toContain('was not scanned: ');
    expect(two.replaceAll(/<code>.*?<\/code>/g, '')).not.toMatch(/<img|@team/);
    const many = of(5000);
    expect(Buffer.byteLength(summaryOf(reportOf(folder), [], many))).toBeLessThanOrEqual(900 * 1024);
    expect(commentOf(reportOf(folder), [], many).length).toBeLessThanOrEqual(60_000);
  });

  test('held against a limit: a model passes that the scan lets pass, and no other', () => {
    const [report, found] = [reportOf(folder), recordOf(folder)];
    const judged = (met: boolean, path = found.models[0]!.path): Report =>
      withScan(report, {
        ...found,
        verdict: met ? 'passed' : 'failed',
        config: { ...found.config, 'max-anomaly-index': { value: 5, source: 'flag' } },
        models: [{ ...found.models[0]!, path, limit: { setting: 'max-anomaly-index', limit: 5, actual: 4, met } }],
      });
    const verdictOf = ({ passed, verdict, models }: Report) => [passed, verdict, models[0]!.gate.recommended !== null];
    expect(verdictOf(judged(true))).toEqual([true, 'passed', true]);
    expect(verdictOf(judged(false))).toEqual([false, 'failed', false]);
    expect(verdictOf(judged(true, 'other.h5'))).toEqual([false, 'failed', false]);
  });
});

describe('the limit', () => {
  const limited = { ...inputs, 'max-anomaly-index': '0' };
  const message = expect.stringMatching(
    /^error: Limit not met: the anomaly index of class \d is .*, the limit is 0\.$/,
  ) as string;

  test('that is exceeded: nothing passes and nothing is recommended', async () => {
    const run = await runAction(smallWorkspace(), server, { inputs: { ...limited, upload: 'recommended' } });
    expect([run.code, run.annotations]).toEqual([1, [message]]);
    expect(run.outputs).toMatchObject({ passed: 'false', verdict: 'failed', 'recommended-model': '' });
    expect(JSON.parse(run.outputs['results']!)).toMatchObject([{ verdict: 'failed', recommended: null }]);
    expect(run.summary).toMatch(/^## ❌ goodnet: Limit not met by 1 of 1 net \(scan\) · Passed \(defense\)\n/);
    expect(run.summary).toContain('\nLimit not met: the anomaly index of class ');
    expect(server.artifacts.map(({ name }) => name.replace(/^.*-/, ''))).toEqual(['report', 'scan']);
  });

  test("is the base commit's on a pull request; with warn-only it is a warning, and passed is false all the same", async () => {
    const config = (limit: number) => `${example}max-anomaly-index: ${limit}\n`;
    server.contents.set(`.github/goodnet.yml@${'b'.repeat(40)}`, config(0));
    const run = await runAction(smallWorkspace(config(99)), server, {
      inputs: { ...inputs, 'warn-only': 'true' },
      event: pullRequest(),
    });
    expect([run.code, run.outputs['passed'], run.annotations]).toEqual([
      0,
      'false',
      [expect.stringMatching(/^warning: Limit not met: the anomaly index .*, the limit is 0\.$/)],
    ]);
    expect(run.summary).toContain(
      'Judged by the limits of the base commit: <code>max-anomaly-index&#58; 0</code> (this pull request sets <code>99</code>).',
    );
  });

  test('as an input without a scan is refused before any work', async () => {
    const run = await runAction(smallWorkspace(), server, { inputs: { ...limited, scan: 'false' } });
    expect([run.code, run.annotations]).toEqual([
      2,
      ['error: max-anomaly-index: is a limit of the scan, and none is asked for; set `scan: true`'],
    ]);
    expect(run.log).not.toContain('ranked channels');
  });
});

describe('a model that could not be scanned', () => {
  const config = example.replace('min-accuracy: 85', 'min-accuracy: 5').replace('max-asr: 20', 'max-asr: 100');

  test('fails the job with a limit, whatever warn-only says', async () => {
    const folder = await withoutClass(config);
    const run = await runAction(folder, server, {
      inputs: { ...inputs, 'max-anomaly-index': '99', 'warn-only': 'true' },
    });
    expect([run.code, run.outputs['passed'], run.outputs['verdict'], run.annotations]).toEqual([
      2,
      'false',
      'error',
      [expect.stringMatching(/^error: examples\/badnet.h5: .*class 9/)],
    ]);
    expect(run.outputs['recommended-model'] ?? '').toBe('');
    expect(reportOf(folder).verdict).toBe('passed');
    expect(run.summary).toMatch(/^## ⛔ goodnet: 1 net could not be scanned \(scan\) · Passed \(defense\)\n/);
    expect(run.summary).toMatch(/> ⛔ <code>examples\/badnet.h5<\/code> was not scanned: /);
  });

  test('without a limit is a warning', async () => {
    const run = await runAction(await withoutClass(config), server, { inputs });
    expect([run.code, run.outputs['passed'], run.outputs['anomaly-index']]).toEqual([0, 'true', '']);
    expect(run.annotations).toEqual([expect.stringMatching(/^warning: examples\/badnet.h5: .*class 9/)]);
    expect(server.artifacts.some(({ name }) => name.endsWith('-scan'))).toBe(false);
  });
});

describe('the fence', () => {
  test('a model outside is not opened, and told once', async () => {
    const [folder, outside] = [await withoutClass(), temporaryFolder()];
    copyFileSync(path.join(folder, 'examples/badnet.h5'), path.join(outside, 'net.h5'));
    mkdirSync(path.join(folder, 'nets'));
    symlinkSync(path.join(outside, 'net.h5'), path.join(folder, 'nets/link.h5'));
    const run = await runAction(folder, server, {
      inputs: { ...inputs, models: 'nets/link.h5', 'max-anomaly-index': '99' },
    });
    expect([run.code, run.annotations]).toEqual([2, [expect.stringMatching(/link.h5: lies outside the workspace/)]]);
    expect(run.summary).toMatch(/<code>nets\/link.h5<\/code> was not scanned: .*lies outside/);
  });

  test('a folder of the scan outside is refused before any work', async () => {
    const [folder, outside] = [smallWorkspace(), temporaryFolder()];
    symlinkSync(outside, path.join(folder, 'goodnet-out-scan'));
    const run = await runAction(folder, server, { inputs: { ...inputs, out: 'goodnet-out/' } });
    expect([run.code, run.annotations]).toEqual([
      2,
      [expect.stringMatching(/goodnet-out-scan: lies outside the workspace/)],
    ]);
    expect([readdirSync(outside), run.log.includes('ranked channels')]).toEqual([[], false]);
  });
});

test.each([
  ['the time budget', { 'time-budget-minutes': '0.01' }, () => ({})],
  ['a signal', {}, () => ({ signal: AbortSignal.timeout(600) })],
])('%s ends a scan and the job with it, with nothing written', async (_, more, around) => {
  const [folder, world] = [smallWorkspace(), around()];
  const run = await runAction(folder, server, { inputs: { ...inputs, ...more }, world });
  expect([run.code > 0, run.outputs['passed']]).toEqual([true, 'false']);
  expect(['goodnet-out', 'goodnet-out-scan'].map((name) => existsSync(path.join(folder, name)))).toEqual([
    false,
    false,
  ]);
});

test('a plan ignores it, and says so', async () => {
  const folder = smallWorkspace();
  const run = await runAction(folder, server, { inputs: { ...inputs, mode: 'plan' } });
  expect(run.annotations).toEqual(['warning: `scan` is ignored: `mode: plan` scans nothing.']);
  expect(existsSync(path.join(folder, 'goodnet-out-scan'))).toBe(false);
});
