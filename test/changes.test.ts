import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { Report } from '../src/report/report.ts';
import { pullRequest, runAction, type Setting, workspace } from './action-run.ts';
import { GitHubServer } from './github-server.ts';
import { readJson, root } from './support.ts';

let server: GitHubServer;
beforeEach(async () => {
  await server?.stop();
  server = new GitHubServer();
  await server.start();
});
afterAll(() => server.stop());

const example = readFileSync(path.join(root, 'examples/goodnet.yml'), 'utf8');
const base = 'b'.repeat(40);
const push = { name: 'push', payload: { before: base, after: 'a'.repeat(40) } };

/** A workspace that is a checkout of a commit. */
function checkout(config = example): string {
  const folder = workspace(config);
  const git = (...argv: string[]) => execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...argv], { cwd: folder, stdio: 'ignore' });
  git('init');
  git('add', '-A');
  git('commit', '-m', 'models');
  return folder;
}

describe('only-changed', () => {
  const evaluated = async (files: string[], setting: Setting = {}, folder = checkout()) => {
    server.files = files.map((filename) => ({ filename }));
    const run = await runAction(folder, server, { event: pullRequest(), ...setting, inputs: { 'only-changed': 'true', upload: 'none', ...setting.inputs }, env: { GITHUB_WORKFLOW_REF: 'owner/repo/.github/workflows/m.yml@refs/heads/x', ...setting.env } });
    return { ...run, paths: (JSON.parse(run.outputs['results'] ?? '[]') as { path: string }[]).map((result) => result.path) };
  };
  const both = ['examples/badnet.h5', 'examples/resistant.h5'];

  test('the touched model alone, and it says so', async () => {
    const run = await evaluated(['README.md', 'examples/badnet.h5']);
    expect([run.code, run.paths]).toEqual([0, ['examples/badnet.h5']]);
    expect(run.summary).toContain('1 of 2 models are evaluated');
  });

  test('nothing touched passes without work', async () => {
    const run = await evaluated(['README.md']);
    expect([run.code, run.outputs, run.annotations]).toEqual([0, { passed: 'true', verdict: 'passed', results: '[]' }, []]);
    expect(run.summary).toContain('nothing to evaluate');
    expect(run.log).not.toContain('ranked');
  });

  test.each(['examples/clean_test.h5', '.github/goodnet.yml', '.github/workflows/m.yml'])('%s touches all', async (file) => {
    expect((await evaluated([file])).paths).toEqual(both);
  });

  test('a push compares its two commits', async () => {
    expect((await evaluated(['examples/badnet.h5'], { event: push })).paths).toEqual(['examples/badnet.h5']);
    expect(server.calls.some(({ path: at }) => at.includes(`/compare/${base}...`))).toBe(true);
  });

  test.each<[string, Setting]>([
    ['an event without commits', { event: { name: 'workflow_dispatch', payload: {} } }],
    ['a new branch', { event: { name: 'push', payload: { before: '0'.repeat(40), after: base } } }],
    ['no token', { event: push, env: { 'INPUT_REPO-TOKEN': '' } }],
  ])('%s: everything', async (_, setting) => {
    const run = await evaluated([], setting);
    expect(run.paths).toEqual(both);
    expect(run.summary).toContain('All models are evaluated');
  });

  test('more files than GitHub lists, an API that refuses, a checkout elsewhere: everything', async () => {
    expect((await evaluated(Array.from({ length: 3000 }, (_, i) => `f${i}`))).paths).toEqual(both);
    server.refuse = (_, at) => (at.includes('/pulls/') ? 403 : null);
    expect((await evaluated(['README.md'])).paths).toEqual(both);
    server.refuse = () => null;
    expect((await evaluated(['README.md'], {}, workspace())).paths).toEqual(both);
  });

  test('data or a model that is not there as committed: everything', async () => {
    const [fetched, trained] = [checkout(example.replace('examples/clean_test.h5', 'fetched.h5')), checkout()];
    copyFileSync(path.join(fetched, 'examples/clean_test.h5'), path.join(fetched, 'fetched.h5'));
    copyFileSync(path.join(trained, 'examples/resistant.h5'), path.join(trained, 'examples/badnet.h5'));
    for (const folder of [fetched, trained]) {
      const run = await evaluated(['README.md'], {}, folder);
      expect([run.paths, run.summary.includes('not every file is there as it was committed')]).toEqual([both, true]);
    }
  });

  test('a plan of what changed; an empty one merges to a pass', async () => {
    const plan = await evaluated(['examples/badnet.h5'], { inputs: { mode: 'plan' } });
    expect(JSON.parse(plan.outputs['matrix']!)).toEqual({ include: [{ index: 0, model: 'examples/badnet.h5' }] });
    const none = await evaluated(['README.md'], { inputs: { mode: 'plan' } });
    expect(none.outputs['matrix']).toBe('{"include":[]}');
    expect((await runAction(checkout(), server, { inputs: { mode: 'merge', matrix: none.outputs['matrix']! } })).code).toBe(0);
  });
});

describe('limits of the base commit', () => {
  const atBase = (config: string) => server.contents.set(`.github/goodnet.yml@${base}`, config);
  const run = (config: string, inputs: Record<string, string> = {}) =>
    runAction(checkout(config), server, { inputs: { models: 'examples/badnet.h5', upload: 'none', ...inputs }, event: pullRequest() });

  test('a pull request does not relax them; both are shown', async () => {
    atBase(example.replace('max-asr: 20', 'max-asr: 0.1'));
    const result = await run(example.replace('max-asr: 20', 'max-asr: 99'));
    expect([result.code, result.outputs['verdict']]).toEqual([1, 'failed']);
    expect(result.summary).toContain('Judged by the limits of the base commit: <code>max-asr&#58; 0.1</code> (this pull request sets <code>99</code>).');
  });

  test('a kind accepted or a limit removed by the pull request does not count; one that it adds does', async () => {
    atBase(example.replace('accept: [pruned, goodnet]', 'accept: [original]'));
    expect((await run(example)).outputs['verdict']).toBe('repairable');
    atBase(example);
    expect((await run(example.replace('max-asr: 20', ''))).summary).toContain('this pull request removes it');
    expect((await run(`${example}\nmax-accuracy-drop: 0.1\n`)).outputs['verdict']).toBe('failed');
  });

  test('inputs stay; a base without the file, or with a broken one, leaves the limits of the pull request', async () => {
    atBase(example.replace('max-asr: 20', 'max-asr: 0.1'));
    expect((await run(example, { 'max-asr': '20' })).code).toBe(0);
    server.contents.clear();
    expect((await run(example)).code).toBe(0);
    atBase('max-ars: 1');
    expect((await run(example)).summary).toContain('is not valid');
  });

  test('a base that cannot be asked is an error, since the limits are not known', async () => {
    server.refuse = (_, at) => (at.includes('/contents/') ? 403 : null);
    const result = await run(example);
    expect([result.code, result.annotations]).toEqual([2, [expect.stringMatching(/the base commit's limits cannot be read \(403\)/)]]);
  });
});

describe('baseline', () => {
  const inputs = { models: 'examples/badnet.h5', upload: 'none' };
  const withBaseline = async (change: (report: Report) => void, more: Record<string, string>) => {
    const folder = checkout();
    await runAction(folder, server, { inputs });
    const report = readJson<Report>(path.join(folder, 'goodnet-out/report.json'));
    change(report);
    writeFileSync(path.join(folder, 'baseline.json'), JSON.stringify(report));
    return { folder, run: await runAction(folder, server, { inputs: { ...inputs, baseline: 'baseline.json', ...more } }) };
  };

  test('the same again: no change, both limits met, and the table says so', async () => {
    const { run, folder } = await withBaseline(() => undefined, { 'max-asr-increase': '0', 'max-accuracy-decrease': '0' });
    expect(run.code).toBe(0);
    expect(run.summary).toContain('accuracy\u00a0+0.00<br>ASR\u00a0+0.00');
    expect(readJson<Report>(path.join(folder, 'goodnet-out/report.json')).models[0]!.candidates[1]!.change).toEqual({ validation: { accuracy: 0, asr: 0 }, test: { accuracy: 0, asr: 0 } });
  });

  test('a decrease beyond its limit is not met by that candidate; another one is recommended', async () => {
    const better = (report: Report) => { report.models[0]!.candidates[1]!.test!.accuracy = 100; report.models[0]!.candidates[1]!.validation.accuracy = 100; };
    const { run } = await withBaseline(better, { 'max-accuracy-decrease': '1' });
    expect([run.code, run.outputs['recommended-model']]).toEqual([0, 'goodnet-out/examples__badnet.h5/goodnet_X=2.h5']);
  });

  test.each<[string, (report: Report) => void]>([
    ['other data', (report) => { for (const input of report.inputs) input.sha256 = '0'.repeat(64); }],
    ['other pixels', (report) => { report.config['scale'] = { value: 2, source: 'config' }; }],
    ['another model', (report) => { report.models[0]!.path = 'other.h5'; }],
  ])('%s cannot be compared: the limit is not met, without a limit it is only told', async (_, change) => {
    const { run } = await withBaseline(change, { 'max-asr-increase': '5' });
    expect([run.code, run.summary.includes('not comparable')]).toEqual([1, true]);
    expect((await withBaseline(change, {})).run.code).toBe(0);
  });

  test('moved and pinned data is the same data', async () => {
    const { folder } = await withBaseline(() => undefined, {});
    copyFileSync(path.join(folder, 'examples/clean_test.h5'), path.join(folder, 'moved.h5'));
    writeFileSync(path.join(folder, '.github/goodnet.yml'), example.replace('test: examples/clean_test.h5', 'test: { file: moved.h5, sha256: d4acc8db3b5e5b8d }'.replace('d4acc8db3b5e5b8d', readJson<Report>(path.join(folder, 'baseline.json')).inputs.find((input) => input.path === 'examples/clean_test.h5')!.sha256)));
    const run = await runAction(folder, server, { inputs: { ...inputs, baseline: 'baseline.json', 'max-asr-increase': '0' } });
    expect(run.code).toBe(0);
  });

  test.each<[Record<string, string>, RegExp]>([
    [{ baseline: 'no.json' }, /no.json: does not exist/], [{ 'max-asr-increase': '1' }, /`max-asr-increase` stands without `baseline`/], [{ baseline: '../../etc/passwd' }, /outside/],
    [{ baseline: 'examples/goodnet.yml' }, /is no JSON/],
  ])('%j is refused', async (more, words) => {
    const run = await runAction(checkout(), server, { inputs: { ...inputs, ...more } });
    expect([run.code, run.annotations]).toEqual([2, [expect.stringMatching(words)]]);
  });
});
