import { copyFileSync, mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ModelScan, Scan } from '../../src/report/record/scan.ts';
import { command } from '../command.ts';
import { exampleConfig, openArtifact, runAction, smallWorkspace, uploadFiles } from '../action-run.ts';
import { forEachTest, GitHubServer } from '../github-server.ts';
import { fixtures, readJson } from '../support.ts';

let server: GitHubServer;
forEachTest((fresh) => {
  server = fresh;
});

const net = 'examples/badnet.h5';
const [matrix, ofBoth] = [[net], [net, 'examples/second.h5']].map((models) =>
  JSON.stringify({ include: models.map((model) => ({ model })) }),
);

/** What a job left that scanned, without a limit. */
let job: { report: string; scan: string };
beforeAll(async () => {
  const [folder, own] = [smallWorkspace(), new GitHubServer()];
  await own.start();
  const run = await runAction(folder, own, { inputs: { models: net, scan: 'true' } });
  expect(run.code).toBe(0);
  const left = await openArtifact(own, /^goodnet-gate-\w+$/, await openArtifact(own, /-report$/));
  await own.stop();
  job = { report: textIn(left, 'report.json'), scan: textIn(left, 'scan.json') };
  expect(job.scan).toBe(textIn(folder, 'goodnet-out-scan/scan.json'));
  const { code, stdout } = await command(folder, 'verify', left);
  expect([code, stdout]).toEqual([0, expect.stringContaining('Nothing differs.')]);
});

const textIn = (folder: string, name: string): string => readFileSync(path.join(folder, name), 'utf8');

/** The job's scan, changed. */
function changed(change: (model: ModelScan, scan: Scan) => unknown): string {
  const scan = JSON.parse(job.scan) as Scan;
  change(scan.models[0]!, scan);
  return JSON.stringify(scan);
}

let jobs = 0;

/** Uploads what a job leaves: the report, and this scan beside it. */
function left(scan: string | null, report = job.report): Promise<number> {
  const texts = { 'report.json': report, ...(scan === null ? {} : { 'scan.json': scan }) };
  return uploadFiles(server, `goodnet-${jobs++}-report`, texts);
}

const merge = (inputs: Record<string, string> = {}, folder = smallWorkspace()) =>
  runAction(folder, server, { inputs: { mode: 'merge', matrix: matrix!, out: 'merged', ...inputs } });

const largest = (): number => Math.max(...(JSON.parse(job.scan) as Scan).models[0]!.triggers.map(indexOf));
const indexOf = ({ works, anomalyIndex }: ModelScan['triggers'][number]): number => (works ? anomalyIndex! : -Infinity);

/** The other job, for the other model: what the first one left, by another name. */
const second = (text: string): string => text.replaceAll('badnet', 'second');

describe('a merge of jobs that scanned', () => {
  test('shows all scans as one, which without a limit decides nothing', async () => {
    await left(job.scan);
    await left(second(job.scan), second(job.report));
    const folder = smallWorkspace();
    const run = await merge({ matrix: ofBoth! }, folder);
    expect([run.code, run.annotations, run.outputs['passed']]).toEqual([0, [], 'true']);
    expect(run.outputs['anomaly-index']).toBe(String(largest()));
    expect(run.summary).toContain('### Scan: 2 nets scanned, no limit is set\n');
    expect(run.summary).toMatch(/^\| <code>examples\/second.h5<\/code> /m);
    expect(textIn(folder, 'merged/comment.md')).toContain('### Scan: 2 nets scanned');
    const scan = readJson<Scan>(path.join(folder, 'merged/scan.json'));
    expect([scan.verdict, scan.models.map((model) => model.path)]).toEqual(['ungated', [net, 'examples/second.h5']]);
    const uploaded = await openArtifact(server, /-merged-report$/);
    expect(textIn(uploaded, 'scan.json')).toBe(textIn(folder, 'merged/scan.json'));
  });

  test.each<[string, Record<string, string>, string]>([
    ['an input', { 'max-anomaly-index': '0' }, exampleConfig],
    ['the config', {}, `${exampleConfig}max-anomaly-index: 0\n`],
  ])('holds them against the limit in %s: nothing passes, nothing is recommended', async (_, inputs, config) => {
    await left(job.scan);
    const run = await merge({ ...inputs, out: 'goodnet-out' }, smallWorkspace(config));
    expect([run.code, run.annotations]).toEqual([
      1,
      [expect.stringMatching(/^error: Limit not met: the anomaly index of class \d is .*, the limit is 0\.$/)],
    ]);
    expect(run.outputs).toMatchObject({ passed: 'false', verdict: 'failed', 'recommended-model': '' });
    expect(JSON.parse(run.outputs['results']!)).toMatchObject([{ verdict: 'failed', recommended: null }]);
    expect(run.summary).toMatch(/^## ❌ goodnet: Limit not met by 1 of 1 net \(scan\) · Passed \(defense\)\n/);
  });

  test.each<[string, Record<string, string>, number]>([
    ["a job's own limit holds where the merge has none", {}, 1],
    ["the merge's limit holds, whatever the job's was", { 'max-anomaly-index': '99' }, 0],
  ])('%s', async (_, inputs, code) => {
    await left(
      changed((model, { config }) => {
        config['max-anomaly-index'] = { value: 0, source: 'flag' };
        model.limit = { setting: 'max-anomaly-index', limit: 0, actual: largest(), met: false };
      }),
    );
    const run = await merge(inputs);
    expect([run.code, run.outputs['passed']]).toEqual([code, String(code === 0)]);
  });

  test('takes the same scan twice for one', async () => {
    await left(job.scan);
    await left(job.scan);
    expect((await merge({ 'max-anomaly-index': '99' })).code).toBe(0);
  });
});

describe('a model without a scan', () => {
  const missing = 'examples/second.h5: was evaluated, but no scan of it is there';

  test('does not pass where another was scanned and a limit is set', async () => {
    await left(job.scan);
    await left(null, second(job.report));
    const run = await merge({ matrix: ofBoth!, 'max-anomaly-index': '99', 'warn-only': 'true' });
    expect([run.code, run.outputs['passed'], run.annotations]).toEqual([
      2,
      'false',
      [expect.stringContaining(`error: ${missing}`)],
    ]);
    expect(run.summary).toMatch(/^## ⛔ goodnet: 1 net could not be scanned \(scan\) · Passed/);
    expect(JSON.parse(run.outputs['results']!)).toMatchObject([{ verdict: 'passed' }, { verdict: 'failed' }]);
  });

  test('is a warning without a limit', async () => {
    await left(job.scan);
    await left(null, second(job.report));
    const run = await merge({ matrix: ofBoth! });
    expect([run.code, run.annotations]).toEqual([0, [expect.stringContaining(`warning: ${missing}`)]]);
  });

  test.each<[string, Record<string, string>, string, number]>([
    ['the workflow asks for a scan', { scan: 'true' }, `${exampleConfig}max-anomaly-index: 99\n`, 2],
    ['the workflow sets a limit', { 'max-anomaly-index': '99' }, exampleConfig, 2],
    ['only the config has a limit, for `goodnet scan`', {}, `${exampleConfig}max-anomaly-index: 0\n`, 0],
  ])('where no job scanned: %s', async (_, inputs, config, code) => {
    await left(null);
    const run = await merge(inputs, smallWorkspace(config));
    expect([run.code, run.annotations.length]).toEqual([code, code === 0 ? 0 : 1]);
  });

  test('whose job died is told of once', async () => {
    await left(job.scan);
    const run = await merge({ matrix: ofBoth!, 'max-anomaly-index': '99' });
    expect([run.code, run.annotations]).toEqual([2, [expect.stringMatching(/second.h5: was planned, but no report/)]]);
  });

  test('that the job could not scan is told of in its words', async () => {
    const refused = { path: net, code: 'class-not-scanned', message: `${net}: class 9 has no clean image` };
    await left(changed((_, scan) => Object.assign(scan, { models: [], errors: [refused] })));
    const run = await merge({ 'max-anomaly-index': '99' });
    expect([run.code, run.annotations]).toEqual([2, [`error: ${refused.message}`]]);
  });

  test('that its job refused altogether is told of once, by plan, job and merge', async () => {
    const folder = smallWorkspace();
    copyFileSync(path.join(fixtures, 'refused/lambda.keras3.h5'), path.join(folder, 'bad.h5'));
    const planned = await runAction(folder, server, { inputs: { mode: 'plan', models: 'bad.h5' } });
    const [{ plan }] = (JSON.parse(planned.outputs['matrix']!) as { include: [{ plan: string }] }).include;
    await runAction(folder, server, { inputs: { models: 'bad.h5', plan, scan: 'true' }, env: server.environment('a') });
    const run = await merge({ matrix: planned.outputs['matrix']!, 'max-anomaly-index': '99' }, folder);
    expect([run.code, run.annotations]).toEqual([2, [expect.stringMatching(/^error: bad.h5: layer .* is a Lambda/)]]);
    expect(run.summary).toMatch(/<code>bad.h5<\/code> was not scanned: .*Lambda/);
  });

  test('of this plan, where another plan scanned', async () => {
    const planned = (plan: string) => job.report.replace('"tool": "goodnet"', `"tool": "goodnet", "plan": "${plan}"`);
    await left(job.scan, planned('theirs'));
    await left(null, planned('ours'));
    const run = await merge({
      'max-anomaly-index': '99',
      matrix: JSON.stringify({ include: [{ model: net, plan: 'ours' }] }),
    });
    expect([run.code, run.annotations]).toEqual([2, [expect.stringContaining('no scan of it is there')]]);
  });
});

describe('a forged scan', () => {
  const forgeries: [string, (model: ModelScan, scan: Scan) => unknown, RegExp][] = [
    ['an index', ({ triggers }) => (triggers[0]!.anomalyIndex = 0), /has 0 for triggers\[0\]\.anomalyIndex, and trig/],
    ['no index', ({ triggers }) => (triggers[0]!.anomalyIndex = null), /has null for triggers\[0\]\.anomalyIndex/],
    ['whether a trigger works', ({ triggers }) => (triggers[0]!.works = false), /has false for triggers\[0\]\.works/],
    ['the order', ({ triggers }) => triggers.reverse(), /for triggers\[0\]\.target/],
    ['the steps', ({ triggers }) => (triggers.at(-1)!.steps = 25), /has 25 for triggers\[9\]\.steps/],
    ['a class less', ({ triggers }) => triggers.shift(), /has not one trigger for each class/],
    ['a class twice', ({ triggers }) => (triggers[0] = triggers[1]!), /has not one trigger for each class/],
    ['classes without end', (model) => (model.classes = 1e15), /has not one trigger for each class/],
    ['images of a class', ({ triggers }) => triggers[0]!.images--, /has impossible counts of images/],
    ['more hits than images', ({ triggers }) => (triggers[0]!.picture!.hits = 1e6), /has impossible counts of images/],
    ['what is right', (model) => model.correct++, /for correct, and triggers that make it/],
    ['accuracy', (model) => (model.accuracy = 100), /has 100 for accuracy/],
    ['a finding', ({ findings }) => findings.pop(), /for findings\.length/],
    [
      'a limit that is met',
      (model) => (model.limit = { setting: 'max-anomaly-index', limit: 9, actual: 1, met: true }),
      /for limit, and triggers that make it null/,
    ],
    ['another file', (model) => (model.sha256 = '0'.repeat(64)), /has a scan of another file than was evaluated/],
    [
      'other images',
      (_, { config }) => (config['clean']!.value = { validation: 'examples/clean_test.h5' }),
      /was measured with another `clean` than the merge is told/,
    ],
    [
      'the model twice',
      (model, { models }) => models.push({ ...model, name: 'other' }),
      /has several scans that differ/,
    ],
    [
      'an error besides',
      (_, { errors }) => errors.push({ path: net, code: 'x', message: 'x' }),
      /has several scans that differ/,
    ],
  ];

  test.each(forgeries)('%s: that model is refused', async (_, forge, words) => {
    await left(changed(forge));
    const run = await merge({ 'max-anomaly-index': '99' });
    expect([run.code, run.outputs['verdict'], run.annotations]).toEqual([2, 'error', [expect.stringMatching(words)]]);
    expect(run.outputs['recommended-model'] ?? '').toBe('');
  });

  test('that only calls itself passed is not believed', async () => {
    await left(changed((_, scan) => Object.assign(scan, { passed: true, verdict: 'passed' })));
    expect((await merge({ 'max-anomaly-index': '0' })).outputs['verdict']).toBe('failed');
  });

  test.each<[string, () => string, RegExp]>([
    ['of another schema version', () => changed((_, scan) => Object.assign(scan, { schemaVersion: 2 })), /version 2/],
    ['of another form', () => changed((_, scan) => Object.assign(scan, { models: {} })), /does not fit its schema/],
    ['with a hostile name', () => changed((model) => (model.sheet = '<img>@team')), /does not fit its schema/],
    ['cut short', () => job.scan.slice(0, -9), /is no JSON, or was cut short/],
    ['of depths without end', () => `{"a":${'['.repeat(1e5)}${']'.repeat(1e5)}}`, /is nested deeper than any report/],
    ['that takes too much memory', () => JSON.stringify(['x'.repeat(2 ** 20)]), /takes more than 134217728 bytes/],
  ])('%s: nothing is merged', async (_, text, words) => {
    await left(text());
    const run = await merge();
    expect([run.code, run.annotations]).toEqual([2, [expect.stringMatching(words)]]);
    expect(run.summary).toContain('nothing was evaluated');
  });

  test('a folder in its place: nothing is merged', async () => {
    await uploadFiles(server, 'goodnet-x-report', { 'report.json': job.report, 'scan.json/x': '' });
    expect((await merge()).annotations).toEqual([expect.stringMatching(/goodnet-x-report: is no plain file/)]);
  });
});

describe('a comment on the report of another run', () => {
  /** Comments the job's report, with this scan beside it, where the base commit has this limit. */
  async function told(scan: string | null, inputs: Record<string, string> = {}, limit = 99) {
    const config = `${exampleConfig}max-anomaly-index: ${limit}\n`;
    const folder = smallWorkspace(config);
    mkdirSync(path.join(folder, 'theirs'));
    writeFileSync(path.join(folder, 'theirs/report.json'), job.report);
    if (scan !== null) writeFileSync(path.join(folder, 'theirs/scan.json'), scan);
    return { folder, run: await comment(folder, config, inputs), text: server.comments[0]?.body };
  }

  const comment = (folder: string, config: string, inputs: Record<string, string> = {}) => {
    server.contents.set(`.github/goodnet.yml@${server.baseOfPull}`, config);
    return runAction(folder, server, {
      event: { name: 'workflow_run', payload: { repository: { id: 1 }, workflow_run: { event: 'pull_request' } } },
      inputs: {
        mode: 'comment',
        report: 'theirs/report.json',
        'pr-number': '7',
        'comment-summary-in-pr': 'always',
        ...inputs,
      },
    });
  };

  test('shows the scan beside it, and whose word it is', async () => {
    const { run, text } = await told(job.scan);
    expect([run.code, run.outputs['passed'], run.outputs['anomaly-index']]).toEqual([0, 'true', String(largest())]);
    expect(text).toContain('### Scan: Passed: 1 net within max-anomaly-index');
    expect(text).toContain('its masks are the word of that run');
  });

  test("judges it by the base commit's limit", async () => {
    const { run, text } = await told(job.scan, {}, 0);
    expect([run.code, run.outputs['verdict']]).toEqual([1, 'failed']);
    expect(text).toContain('Limit not met by 1 of 1 net (scan)');
  });

  test('refuses one that contradicts itself', async () => {
    const { run, text } = await told(changed(({ triggers }) => (triggers[0]!.anomalyIndex = 0)));
    expect([run.code, run.outputs['verdict'], run.outputs['passed']]).toEqual([2, 'error', 'false']);
    expect(text).toContain('was not scanned: ');
  });

  test.each<[Record<string, string>, number]>([
    [{}, 0],
    [{ scan: 'true' }, 2],
  ])('without a scan, with the inputs %j: exit code %i', async (inputs, code) => {
    expect((await told(null, inputs)).run.code).toBe(code);
  });

  test('reads neither a link out of the workspace nor a file that is too large', async () => {
    const { folder } = await told(job.scan);
    const file = path.join(folder, 'theirs/scan.json');
    truncateSync(file, 2 ** 28 + 1);
    expect((await comment(folder, exampleConfig)).annotations).toEqual([
      expect.stringMatching(/theirs\/scan\.json: has 268435457 bytes/),
    ]);
    mkdirSync(path.join(folder, 'other'));
    symlinkSync('/etc/hostname', path.join(folder, 'other/scan.json'));
    writeFileSync(path.join(folder, 'other/report.json'), job.report);
    expect((await comment(folder, exampleConfig, { report: 'other/report.json' })).annotations).toEqual([
      expect.stringMatching(/other\/scan\.json: lies outside/),
    ]);
  });
});
