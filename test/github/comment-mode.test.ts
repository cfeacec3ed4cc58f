import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../src/report/record/report.ts';
import { exampleConfig, pullRequest, runAction, workspace } from '../action-run.ts';
import { forEachTest, type GitHubServer } from '../github-server.ts';

let server: GitHubServer;
forEachTest((fresh) => {
  server = fresh;
});

/** What a fork's run, which may not comment, left behind. */
let theirs: string;
beforeAll(async () => {
  const folder = workspace();
  const run = await runAction(folder, null, {
    inputs: { models: 'examples/badnet.h5\nexamples/resistant.h5', upload: 'none' },
  });
  expect(run.code).toBe(1);
  theirs = readFileSync(path.join(folder, 'goodnet-out/report.json'), 'utf8');
});

const afterFork = {
  name: 'workflow_run',
  payload: { repository: { id: 1 }, workflow_run: { event: 'pull_request', pull_requests: [] } },
};

/** Comments a report from a workspace that is the default branch's. */
async function told(
  text: string,
  { inputs = {}, folder = workspace() }: { inputs?: Record<string, string>; folder?: string } = {},
) {
  mkdirSync(path.join(folder, 'their-report'), { recursive: true });
  writeFileSync(path.join(folder, 'their-report/report.json'), text);
  server.contents.set(`.github/goodnet.yml@${server.baseOfPull}`, exampleConfig);
  const run = await runAction(folder, server, {
    event: afterFork,
    inputs: {
      mode: 'comment',
      report: 'their-report/report.json',
      'pr-number': '7',
      'comment-summary-in-pr': 'always',
      'warn-only': 'true',
      ...inputs,
    },
  });
  return { run, comment: server.comments[0]?.body };
}

const changed = (change: (report: Report) => unknown): string => {
  const report = JSON.parse(theirs) as Report;
  change(report);
  return JSON.stringify(report);
};

describe('the report of another run', () => {
  test('is told with verdict and figures, and with whose word it is', async () => {
    const { run, comment } = await told(theirs);
    expect([run.code, run.outputs['verdict'], run.outputs['recommended-model'], run.outputs['report-json']]).toEqual([
      0,
      'failed',
      '',
      'their-report/report.json',
    ]);
    expect(comment).toContain('Gate not met: 1 of 2 models');
    expect(comment).toContain('97.78');
    expect(comment).toContain('is the word of the run that evaluated them');
    expect(server.artifacts).toEqual([]);
  });

  test('of one model names no file to ship: none is there', async () => {
    const { run } = await told(changed((report) => report.models.pop()));
    expect([run.outputs['verdict'], run.outputs['recommended-model']]).toEqual(['passed', '']);
  });

  test('is judged by the limits of the base commit, whatever limits it was judged by there', async () => {
    const lax = workspace(exampleConfig.replace('max-asr: 20', 'max-asr: 100'));
    await runAction(lax, null, { inputs: { models: 'examples/resistant.h5', accept: 'original', upload: 'none' } });
    const text = readFileSync(path.join(lax, 'goodnet-out/report.json'), 'utf8');
    expect((JSON.parse(text) as Report).verdict).toBe('passed');
    const { run, comment } = await told(text);
    expect(run.outputs['verdict']).toBe('failed');
    expect(comment).toContain('Gate not met');
  });

  test.each<[string, (report: Report) => unknown]>([
    ['its verdict', ({ models }) => Object.assign(models[1]!.gate, { verdict: 'passed', recommended: 0 })],
    ['a percentage', ({ models }) => (models[0]!.candidates[0]!.validation.accuracy = 99)],
    ['a count', ({ models }) => (models[1]!.candidates[1]!.test!.hits['corner-patch'] = 0)],
    ['a finding', ({ models }) => models[1]!.findings.splice(0, 1, { code: 'default-layer', reason: 'x' } as never)],
  ])('that says otherwise than its counts is refused: %s', async (_, forge) => {
    const { run, comment } = await told(changed(forge));
    expect([run.code, run.outputs['verdict'], run.outputs['passed']]).toEqual([2, 'error', 'false']);
    expect(comment).toContain('was not evaluated');
  });

  test('that only calls itself passed is not believed', async () => {
    const { run } = await told(changed((report) => Object.assign(report, { passed: true, verdict: 'passed' })));
    expect(run.outputs['verdict']).toBe('failed');
  });

  test('of other data than the settings name is refused', async () => {
    const { run, comment } = await told(
      changed(({ config }) => (config['clean']!.value = { validation: 'examples/clean_test.h5' })),
    );
    expect(run.code).toBe(2);
    expect(comment).toMatch(/was not evaluated/);
  });

  test('without any model does not pass', async () => {
    const { run } = await told(changed((report) => Object.assign(report, { models: [], errors: [] })));
    expect([run.code, run.outputs['verdict']]).toEqual([2, 'error']);
  });

  test.each<[string, string, RegExp]>([
    ['cut short', '{"schemaVersion": 1, "passed"', /their-report\/report\.json/],
    ['of another schema version', '{"schemaVersion": 99}', /their-report\/report\.json/],
    ['that is none', '[]', /their-report\/report\.json/],
  ])('%s is refused in a line, and an earlier comment no longer stands', async (_, text, words) => {
    const folder = workspace();
    await told(theirs, { folder });
    const { run, comment } = await told(text, { folder });
    expect([run.code, run.annotations]).toEqual([2, [expect.stringMatching(words)]]);
    expect(comment).toContain('nothing was evaluated');
  });

  test.each<[string, Record<string, string>, RegExp]>([
    ['no report', { report: '' }, /report: is missing/],
    ['nowhere to tell it', { 'comment-summary-in-pr': 'never' }, /comment-summary-in-pr: is `never`/],
    ['no pull request', { 'pr-number': '' }, /does not name its base commit/],
    ['a report that is not there', { report: 'gone.json' }, /gone\.json: /],
  ])('%s: refused', async (_, inputs, words) => {
    expect((await told(theirs, { inputs })).run).toMatchObject({
      code: 2,
      annotations: [expect.stringMatching(words)],
    });
  });

  test('is not read through a link out of the workspace', async () => {
    const folder = workspace();
    symlinkSync('/etc/hostname', path.join(folder, 'linked.json'));
    expect((await told(theirs, { folder, inputs: { report: 'linked.json' } })).run.annotations).toEqual([
      expect.stringMatching(/linked\.json: lies outside/),
    ]);
  });

  test("is judged by the base commit's limits in the pull request's own workflow too", async () => {
    const folder = workspace();
    mkdirSync(path.join(folder, 'r'));
    writeFileSync(path.join(folder, 'r/report.json'), theirs);
    server.contents.set(
      `.github/goodnet.yml@${server.baseOfPull}`,
      exampleConfig.replace('max-asr: 20', 'max-asr: 0.1'),
    );
    const run = await runAction(folder, server, {
      event: pullRequest(),
      inputs: { mode: 'comment', report: 'r/report.json', 'comment-summary-in-pr': 'always' },
    });
    expect([run.code, server.comments[0]!.body]).toEqual([
      1,
      expect.stringContaining('Judged by the limits of the base commit'),
    ]);
  });
});
