import { createHash } from 'node:crypto';
import { copyFileSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { type ShardPhase, shardPhases } from '../../src/engine/shards/share.ts';
import { plannedModels } from '../../src/github/matrix.ts';
import type { Report } from '../../src/report/record/report.ts';
import {
  exampleConfig,
  openArtifact,
  pullRequest,
  runAction,
  type Setting,
  smallWorkspace,
  uploadFiles,
  workspace,
} from '../action-run.ts';
import { forEachTest, type GitHubServer } from '../github-server.ts';
import { fixtures, readJson } from '../support.ts';

let server: GitHubServer;
forEachTest((fresh) => {
  server = fresh;
});

interface Job {
  index: number;
  model: string;
  plan: string;
  shard: string;
}

const models = 'examples/badnet.h5';
const config = exampleConfig.replace(/^models:.*$/m, `models: [${models}]`);
const jobsIn = (matrix: string) => (JSON.parse(matrix) as { include: Job[] }).include;

async function planned(folder: string, inputs: Record<string, string> = {}): Promise<string> {
  const run = await runAction(folder, server, { inputs: { mode: 'plan', shards: '2', ...inputs } });
  return run.outputs['matrix']!;
}

/** One job of a plan, in one phase. */
function counted(folder: string, { index, model, plan, shard }: Job, phase: ShardPhase, more: Setting = {}) {
  const inputs = { mode: 'shard', models: model, plan, shard, phase, ...more.inputs };
  const env = { ...server.environment(`${phase}-${index}`), ...more.env };
  return runAction(folder, server, { ...more, inputs, env });
}

const merged = (folder: string, matrix: string, more: Setting = {}) =>
  runAction(folder, server, {
    ...more,
    inputs: { mode: 'merge', matrix, ...more.inputs },
    env: server.environment('merge'),
  });

/** All jobs of a plan, but for those of `without`, and its merge. */
async function divided(folder: string, matrix: string, more: Setting = {}, without: string[] = []) {
  for (const phase of shardPhases)
    for (const job of jobsIn(matrix))
      if (!without.includes(`${phase} ${job.shard}`)) await counted(folder, job, phase, more);
  return merged(folder, matrix, more);
}

/** All files of a run, but for what tells of one run alone. */
function written(folder: string): Record<string, string> {
  const out = path.join(folder, 'goodnet-out');
  const files = readJson<Report>(path.join(out, 'report.json')).files;
  const texts = files.map((file) => [file, readFileSync(path.join(out, file), 'latin1')] as const);
  const { run: _, ...report } = JSON.parse(readFileSync(path.join(out, 'report.json'), 'utf8')) as Report;
  const same = texts.filter(([file]) => !/^(report|manifest)\./.test(file));
  return { ...Object.fromEntries(same), 'report.json': JSON.stringify(report, null, 2) };
}

test('one model in shards: the report and all files are those of an undivided run', async () => {
  const [apart, whole] = [workspace(config), workspace(config)];
  const matrix = await planned(apart);
  expect(jobsIn(matrix)).toMatchObject([
    { index: 0, model: models, shard: '1/2' },
    { index: 1, model: models, shard: '2/2' },
  ]);
  const run = await divided(apart, matrix);
  const alone = await runAction(whole, server);
  expect([run.code, run.annotations, run.outputs['verdict']]).toEqual([0, [], 'passed']);
  expect(written(apart)).toEqual(written(whole));
  for (const name of ['results', 'recommended-model', 'accuracy', 'asr', 'comment-content'])
    expect(run.outputs[name]).toBe(alone.outputs[name]);
  const counts = server.artifacts.filter(({ name }) => name.endsWith('-counts'));
  expect(new Set(counts.map(({ name }) => name)).size).toBe(6);
});

test('without test images two phases are enough, and the third counts nothing', async () => {
  const folder = smallWorkspace(config.replaceAll(/^ *test:.*\n/gm, ''));
  const matrix = await planned(folder, { shards: '1' });
  const run = await divided(folder, matrix, {}, ['test 1/1']);
  expect([run.code, run.annotations]).toEqual([0, []]);
  const third = await counted(folder, jobsIn(matrix)[0]!, 'test');
  expect([third.code, third.annotations]).toEqual([0, []]);
  expect(server.artifacts.filter(({ name }) => /-test-1-.*-counts$/.test(name))).toEqual([]);
});

test('what no shard counted refuses the model, in later phases and in the merge; a job that runs again makes it whole', async () => {
  const folder = workspace(config);
  const matrix = await planned(folder);
  const [one, two] = jobsIn(matrix) as [Job, Job];
  await counted(folder, one, 'rank');
  const missing = /^error: .*clean_valid.h5: were counted by no shard in the folder \(chunk 2 of its phase rank\)/;
  const sweep = await counted(folder, one, 'sweep');
  expect([sweep.code, sweep.outputs['verdict'], sweep.annotations]).toEqual([
    2,
    'error',
    [expect.stringMatching(missing)],
  ]);
  expect(sweep.summary).toContain('a shard was not counted');
  const early = await merged(folder, matrix, { inputs: { 'warn-only': 'true' } });
  expect([early.code, early.annotations]).toEqual([2, [expect.stringMatching(missing)]]);
  await counted(folder, two, 'rank');
  const again = { env: { GITHUB_RUN_ATTEMPT: '2' } };
  for (const phase of shardPhases) for (const job of [one, two]) await counted(folder, job, phase, again);
  expect((await merged(folder, matrix)).code).toBe(0);
});

test('counts of another plan, and of another file, are none of this one', async () => {
  const folder = smallWorkspace(config);
  const first = await planned(folder);
  for (const job of jobsIn(first)) await counted(folder, job, 'rank');
  const second = await planned(folder, { 'artifact-name': 'other' });
  expect((await counted(folder, jobsIn(second)[0]!, 'sweep')).annotations[0]).toMatch(/phase rank/);
  copyFileSync(path.join(folder, 'examples/resistant.h5'), path.join(folder, models));
  expect((await counted(folder, jobsIn(first)[0]!, 'sweep')).annotations[0]).toMatch(/phase rank/);
});

test('a model that is refused is refused by its shards, and by the merge in the same words', async () => {
  const folder = smallWorkspace(config);
  copyFileSync(path.join(fixtures, 'refused/lambda.keras3.h5'), path.join(folder, 'bad.h5'));
  const matrix = await planned(folder, { models: 'bad.h5', shards: '1' });
  const shard = await counted(folder, jobsIn(matrix)[0]!, 'rank');
  const merge = await merged(folder, matrix);
  expect([shard.code, merge.code]).toEqual([2, 2]);
  expect(shard.annotations).toEqual(merge.annotations);
  const sha256 = createHash('sha256')
    .update(readFileSync(path.join(folder, 'bad.h5')))
    .digest('hex');
  expect(JSON.parse(merge.outputs['results']!)).toMatchObject([{ path: 'bad.h5', sha256, code: 'layer-unsupported' }]);
});

describe('on a pull request', () => {
  const base = 'b'.repeat(40);

  test('limits are those of the base commit', async () => {
    const folder = smallWorkspace(config);
    server.contents.set(`.github/goodnet.yml@${base}`, config.replace(/^max-asr:.*$/m, 'max-asr: 0.1'));
    const run = await divided(folder, await planned(folder, { shards: '1' }), { event: pullRequest() });
    expect([run.code, run.outputs['verdict']]).toEqual([1, 'failed']);
    expect(run.summary).toMatch(/Judged by the limits of the base commit: .*0\.1/);
  });

  test('no evaluator is asked that it names', async () => {
    const folder = smallWorkspace(`${config}\nevaluator: https://mine.test\n`);
    server.contents.set(`.github/goodnet.yml@${base}`, config);
    const asked: string[] = [];
    const fetch = (url: unknown): Promise<Response> => {
      asked.push(String(url));
      return Promise.reject(new Error('asked'));
    };
    const run = await divided(folder, await planned(folder, { shards: '1' }), {
      event: pullRequest(),
      world: { fetch },
    });
    expect([run.code, asked]).toEqual([0, []]);
    expect(run.summary).toContain('Not taken from this pull request but from the base commit');
  });

  test('nothing outside of the workspace is counted', async () => {
    const folder = smallWorkspace(config);
    copyFileSync(path.join(folder, models), path.join(folder, '../outside.h5'));
    const [job] = jobsIn(await planned(folder));
    const run = await counted(folder, { ...job!, model: '../outside.h5' }, 'rank');
    expect([run.code, run.annotations]).toEqual([2, [expect.stringMatching(/outside\.h5/)]]);
  });
});

describe('artifacts that are not what shards write', () => {
  /** The names of what the first shard counted, and the text of the first of them. */
  async function ranked(folder: string, job: Job): Promise<{ artifact: string; name: string; text: Buffer }> {
    await counted(folder, job, 'rank');
    const { name: artifact } = server.artifacts.at(-1)!;
    const opened = await openArtifact(server, /-counts$/);
    const [name] = readdirSync(opened);
    return { artifact, name: name!, text: readFileSync(path.join(opened, name!)) };
  }

  test.each<[string, (name: string, text: string) => Record<string, string>, RegExp]>([
    [
      'another file',
      () => ({ 'run.sh': 'x' }),
      /run\.sh: does not hold what a shard writes \(it is called otherwise\)/,
    ],
    ['a folder', (name) => ({ [`${name}/x`]: '' }), /it is no plain file of their size/],
    ['other counts', (name) => ({ [name]: 'x' }), /another job wrote another/],
    ['too much', (name) => ({ [name]: 'x'.repeat(2 ** 24 + 1) }), /it is no plain file of their size/],
  ])('%s', async (_, files, words) => {
    const folder = smallWorkspace(config);
    const [job] = jobsIn(await planned(folder));
    const { artifact, name, text } = await ranked(folder, job!);
    await uploadFiles(server, `x${artifact}`, files(name, text.toString('latin1')));
    const run = await counted(folder, job!, 'sweep');
    expect([run.code, run.annotations]).toEqual([2, [expect.stringMatching(words)]]);
  });

  test('counts that are damaged refuse the model', async () => {
    const folder = smallWorkspace(config);
    const [job] = jobsIn(await planned(folder));
    const { artifact, name, text } = await ranked(folder, job!);
    server.artifacts.length = 0;
    await uploadFiles(server, artifact, { [name]: text.subarray(0, 20).toString('latin1') });
    const run = await counted(folder, job!, 'sweep');
    expect([run.code, run.annotations]).toEqual([2, [expect.stringMatching(/does not hold what a shard writes/)]]);
  });
});

describe('refused', () => {
  test.each<[string, Record<string, string>, RegExp]>([
    ['shards of no plan', { models, shards: '2' }, /shards: is for `mode: plan` alone/],
    ['a shard that is none', { models, shard: '1/2' }, /shard: is for `mode: shard` alone/],
    ['a phase of no shard', { mode: 'plan', models, phase: 'rank' }, /phase: is for `mode: shard` alone/],
    ['no plan', { mode: 'shard', models, shard: '1/2', phase: 'rank' }, /plan: is missing; pass on `matrix\.plan`/],
    ['no shard', { mode: 'shard', models, plan: 'p', phase: 'rank' }, /shard: is missing/],
    ['no phase', { mode: 'shard', models, plan: 'p', shard: '1/2' }, /phase: is missing/],
    ['a third of two', { mode: 'shard', models, plan: 'p', shard: '3/2', phase: 'rank' }, /shard: 3\/2 names none/],
    ['another phase', { mode: 'shard', models, plan: 'p', shard: '1/2', phase: 'all' }, /phase/],
    [
      'two models',
      { mode: 'shard', models: 'examples/badnet.h5, examples/resistant.h5', plan: 'p', shard: '1/2', phase: 'rank' },
      /models: match 2 files, a shard is of one/,
    ],
    [
      'more jobs than a matrix has',
      { mode: 'plan', models: 'examples/*net.h5\nexamples/resistant.h5', shards: '129' },
      /match 2 files, each of 129 shards, a matrix has 256 jobs at most/,
    ],
    ['no shards', { mode: 'plan', models, shards: '0' }, /shards/],
  ])('%s', async (_, inputs, words) => {
    const run = await runAction(smallWorkspace(config), server, { inputs });
    expect([run.code, run.annotations]).toEqual([2, [expect.stringMatching(words)]]);
  });

  test.each([
    ['a shard that is not there', [['a', '1/2']]],
    [
      'a shard twice',
      [
        ['a', '1/2'],
        ['a', '1/2'],
      ],
    ],
    [
      'shards of two divisions',
      [
        ['a', '1/2'],
        ['a', '2/3'],
      ],
    ],
    [
      'one model in shards, and another not',
      [
        ['a', '1/1'],
        ['b', null],
      ],
    ],
    ['a shard that is no place', [['a', '2/1']]],
    ['a shard that is a number', [['a', 1]]],
  ])('a plan with %s', (_, jobs) => {
    const matrix = JSON.stringify({ include: jobs.map(([model, shard]) => ({ model, shard })) });
    expect(() => plannedModels(matrix)).toThrow(/matrix: is no list of models/);
  });

  test('a runner without an artifact service', async () => {
    const folder = smallWorkspace(config);
    const [job] = jobsIn(await planned(folder));
    const env = { ACTIONS_RESULTS_URL: '' };
    const run = await counted(folder, job!, 'rank', { env });
    expect([run.code, run.annotations]).toEqual([
      2,
      [expect.stringMatching(/cannot be passed from job to job \(there is no artifact service here\)/)],
    ]);
  });

  test('counts that cannot be uploaded', async () => {
    const folder = smallWorkspace(config);
    const [job] = jobsIn(await planned(folder));
    server.refuse = (_, at) => (at.endsWith('CreateArtifact') ? 403 : null);
    const run = await counted(folder, job!, 'rank');
    expect([run.code, run.annotations]).toEqual([2, [expect.stringMatching(/cannot be passed from job to job/)]]);
  });
});
