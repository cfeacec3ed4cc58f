import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DefaultArtifactClient } from '@actions/artifact';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Report } from '../src/report/report.ts';
import { pullRequest, runAction, type Setting, workspace } from './action-run.ts';
import { GitHubServer } from './github-server.ts';
import { fixtures, readJson, root, temporaryFolder } from './support.ts';

let server: GitHubServer;
beforeEach(async () => {
  await server?.stop();
  server = new GitHubServer();
  await server.start();
});
afterAll(() => server.stop());

/** Plans, runs a job for each entry of the matrix apart from `without`, and merges. */
async function fanOut(folder: string, models: string, { without = [], merge = {} }: { without?: string[]; merge?: Setting } = {}) {
  const { matrix } = (await runAction(folder, server, { inputs: { mode: 'plan', models } })).outputs;
  for (const { model, index } of (JSON.parse(matrix!) as { include: { model: string; index: number }[] }).include) {
    if (!without.includes(model)) await runAction(folder, server, { inputs: { models: model, out: `out-${index}` }, env: server.environment(`job-${index}`) });
  }
  return runAction(folder, server, { ...merge, inputs: { mode: 'merge', matrix: matrix!, out: 'merged', ...merge.inputs }, env: server.environment('merge') });
}

test('plan, a job for each model, merge: one verdict, summary, comment and report', async () => {
  const folder = workspace();
  const merged = await fanOut(folder, 'examples/badnet.h5\nexamples/resistant.h5', { merge: { inputs: { 'comment-summary-in-pr': 'always' }, event: pullRequest() } });
  expect([merged.code, merged.outputs['verdict'], merged.annotations]).toEqual([1, 'failed', ['error: Gate not met: no candidate meets the limits.']]);
  expect(merged.summary).toContain('Gate not met: 1 of 2 models');
  expect(server.comments).toHaveLength(1);
  expect(new Set(server.artifacts.map(({ name }) => name)).size).toBe(5);
  const report = readJson<Report>(path.join(folder, 'merged/report.json'));
  const single = readJson<Report>(path.join(folder, 'out-0/report.json'));
  expect(report.models[0]!.candidates).toEqual(single.models[0]!.candidates);
  expect(report.models[0]!.gate.recommended).toBe(single.models[0]!.gate.recommended);
});

test('the verdict comes from the counts, whatever a report says', async () => {
  const folder = workspace();
  const run = await fanOut(folder, 'examples/badnet.h5', { merge: { inputs: { 'max-asr': '0.1' } } });
  expect([run.code, run.outputs['verdict']]).toEqual([1, 'failed']);
});

test('a planned model without a report is refused: the run does not pass', async () => {
  const run = await fanOut(workspace(), 'examples/badnet.h5\nexamples/resistant.h5', { without: ['examples/resistant.h5'], merge: { inputs: { 'warn-only': 'true' } } });
  expect([run.code, run.outputs['verdict'], run.annotations]).toEqual([2, 'error', [expect.stringMatching(/examples\/resistant.h5: was planned, but no report of it is there/)]]);
});

test('the newest report of a model counts', async () => {
  const folder = workspace();
  await runAction(folder, server, { inputs: { models: 'examples/badnet.h5', accept: 'original' } });
  expect((await fanOut(folder, 'examples/badnet.h5')).code).toBe(0);
});

test('a refused model in a job is refused in the merge', async () => {
  const folder = workspace();
  copyFileSync(path.join(fixtures, 'refused/lambda.keras3.h5'), path.join(folder, 'bad.h5'));
  const run = await fanOut(folder, 'bad.h5\nexamples/badnet.h5');
  expect([run.code, run.outputs['verdict']]).toEqual([2, 'error']);
});

describe('refused', () => {
  test('a plan of more than 256 jobs', async () => {
    const folder = workspace();
    mkdirSync(path.join(folder, 'nets'));
    for (let i = 0; i < 257; i++) writeFileSync(path.join(folder, `nets/${i}.h5`), '');
    const run = await runAction(folder, server, { inputs: { mode: 'plan', models: 'nets/*.h5' } });
    expect([run.code, run.annotations]).toEqual([2, [expect.stringMatching(/match 257 files, a matrix has 256 jobs at most/)]]);
    expect(run.summary).toContain('nothing was evaluated');
  });

  test('a file whose name is a pattern is planned as the file it is', async () => {
    const folder = workspace();
    mkdirSync(path.join(folder, 'nets'));
    copyFileSync(path.join(root, 'examples/badnet.h5'), path.join(folder, 'nets/a[1].h5'));
    expect((await fanOut(folder, 'nets/*.h5')).code).toBe(0);
  });

  test.each<[string, (report: Report) => unknown, RegExp]>([
    ['another schema version', (report) => ({ ...report, schemaVersion: 2 }), /has schema version 2, this goodnet reads 1/],
    ['counts that cannot be', (report) => {
      report.models[0]!.candidates[1]!.test!.correct = 451;
      return report;
    }, /has impossible counts on test/],
    ['another form', ({ models: _, ...report }) => report, /does not fit its schema/],
  ])('a report of %s', async (_, change, words) => {
    const folder = workspace();
    await runAction(folder, server, { inputs: { models: 'examples/badnet.h5' } });
    const report = readFileSync(path.join(folder, 'goodnet-out/report.json'), 'utf8');
    await replaceReport(JSON.stringify(change(JSON.parse(report) as Report)));
    const run = await runAction(folder, server, { inputs: { mode: 'merge', matrix: '{"include":[{"model":"examples/badnet.h5"}]}' } });
    expect([run.code, run.annotations, run.summary.includes('nothing was evaluated')]).toEqual([2, [expect.stringMatching(words)], true]);
  });

  test.each([['', /is missing/], ['[]', /is no list of models/], ['{"include":[{"model":1}]}', /is no list of models/]])('the matrix %j', async (matrix, words) => {
    const run = await runAction(workspace(), server, { inputs: { mode: 'merge', matrix } });
    expect([run.code, run.annotations]).toEqual([2, [expect.stringMatching(words)]]);
  });

  test('a merge without an artifact service', async () => {
    const run = await runAction(workspace(), null, { inputs: { mode: 'merge', matrix: '{"include":[{"model":"a.h5"}]}' } });
    expect([run.code, run.annotations]).toEqual([2, [expect.stringMatching(/artifacts: cannot be fetched/)]]);
  });
});

/** Uploads another report.json under the name of the one that is there. */
async function replaceReport(text: string): Promise<void> {
  const folder = temporaryFolder();
  const file = path.join(folder, 'report.json');
  writeFileSync(file, text);
  const first = server.artifacts.find(({ name }) => name.endsWith('-report'))!;
  const { name } = first;
  first.name = 'replaced';
  for (const [key, value] of Object.entries(server.environment())) vi.stubEnv(key, value);
  const quiet = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  await new DefaultArtifactClient().uploadArtifact(name, [file], folder);
  quiet.mockRestore();
  vi.unstubAllEnvs();
}
