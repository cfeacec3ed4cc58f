import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { repositoryPath } from '../../src/github/base-file.ts';
import type { Report } from '../../src/report/record/report.ts';
import {
  exampleConfig as example,
  pullRequest,
  runAction,
  type Setting,
  smallWorkspace,
  uploadFile,
} from '../action-run.ts';
import { forEachTest, type GitHubServer } from '../github-server.ts';
import { fixtures, readJson } from '../support.ts';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

let server: GitHubServer;
forEachTest((fresh) => {
  server = fresh;
});

const base = 'b'.repeat(40);
const push = { name: 'push', payload: { before: base, after: 'a'.repeat(40) } };

/** A workspace that is a checkout of a commit. */
function checkout(config = example): string {
  return commit(smallWorkspace(config));
}

function commit(folder: string): string {
  const git = (...argv: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...argv], {
      cwd: folder,
      stdio: 'ignore',
    });
  git('init');
  git('add', '-A');
  git('commit', '-m', 'models');
  return folder;
}

let report: string | undefined;

/** What a run on badnet.h5 reports, which is the same for all tests. */
async function reported(): Promise<Report> {
  if (report === undefined) {
    const folder = checkout();
    await runAction(folder, server, { inputs: { models: 'examples/badnet.h5', upload: 'none' } });
    report = readFileSync(path.join(folder, 'goodnet-out/report.json'), 'utf8');
  }
  return JSON.parse(report) as Report;
}

describe('only-changed', () => {
  const ran = (files: string[], setting: Setting = {}, folder = checkout()) => {
    server.files = files.map((filename) => ({ filename }));
    return runAction(folder, server, {
      event: pullRequest(),
      ...setting,
      inputs: { 'only-changed': 'true', upload: 'none', ...setting.inputs },
      env: { GITHUB_WORKFLOW_REF: 'owner/repo/.github/workflows/m.yml@refs/heads/x', ...setting.env },
    });
  };
  /** What would be evaluated: a plan, which evaluates nothing. */
  const planned = async (files: string[], setting: Setting = {}, folder = checkout()) => {
    const run = await ran(files, { ...setting, inputs: { mode: 'plan', ...setting.inputs } }, folder);
    const { include } = JSON.parse(run.outputs['matrix'] ?? '{"include":[]}') as { include: { model: string }[] };
    return { ...run, paths: include.map(({ model }) => model) };
  };
  const both = ['examples/badnet.h5', 'examples/resistant.h5'];

  test('the touched model alone, and it says so', async () => {
    const run = await ran(['README.md', 'examples/badnet.h5']);
    const results = JSON.parse(run.outputs['results']!) as { path: string }[];
    expect([run.code, results.map((result) => result.path)]).toEqual([0, ['examples/badnet.h5']]);
    expect(run.summary).toContain('1 of 2 models are evaluated');
  });

  test('nothing touched passes without work', async () => {
    const run = await ran(['README.md']);
    expect([run.code, run.outputs, run.annotations]).toEqual([
      0,
      { passed: 'true', verdict: 'passed', results: '[]' },
      [],
    ]);
    expect(run.summary).toContain('nothing to evaluate');
    expect(run.log).not.toContain('ranked');
  });

  test.each(['examples/clean_test.h5', '.github/goodnet.yml', '.github/workflows/m.yml', 'examples/.gitattributes'])(
    '%s touches all',
    async (file) => {
      expect((await planned([file])).paths).toEqual(both);
    },
  );

  test.each<[string, Setting]>([
    ['examples', {}],
    ['.github/workflows/other.yml', {}],
    ['.github/actions/fetch/action.yml', {}],
    ['ci/gate.yml', { env: { GITHUB_WORKFLOW_REF: 'owner/repo/ci/gate.yml@refs/heads/a@b.yml@c' } }],
  ])('%s, a folder above the files or what makes the run, touches all', async (file, setting) => {
    expect((await planned([file], setting)).paths).toEqual(both);
  });

  test.each(['diverged', 'behind', 'identical'])('a push whose commits are %s: everything', async (status) => {
    server.comparison = status;
    expect((await planned(['README.md'], { event: push })).paths).toEqual(both);
  });

  test('a model that is not there is refused, not taken for unchanged', async () => {
    const run = await ran(['README.md'], { inputs: { models: 'models/nett.h5' } });
    expect([run.code, run.annotations]).toEqual([2, [expect.stringMatching(/models\/nett.h5: does not exist/)]]);
  });

  test('a config that the pull request deletes has changed', async () => {
    const folder = checkout();
    rmSync(path.join(folder, '.github/goodnet.yml'));
    const data = {
      clean: 'examples/clean_valid.h5',
      poisoned: 'corner=examples/poisoned_valid.h5',
      scale: '1/255',
      'max-asr': '20',
    };
    expect(
      (await planned(['.github/goodnet.yml'], { inputs: { models: both.join('\n'), ...data } }, folder)).paths,
    ).toEqual(both);
  });

  test('links on the way to a model, and what they lead to', async () => {
    const folder = smallWorkspace();
    mkdirSync(path.join(folder, 'v2'));
    copyFileSync(path.join(folder, 'examples/badnet.h5'), path.join(folder, 'v2/net.h5'));
    symlinkSync('v2', path.join(folder, 'cur'));
    symlinkSync('cur', path.join(folder, 'now'));
    commit(folder);
    for (const [file, expected] of [
      ['cur', 1],
      ['now', 1],
      ['v2/net.h5', 1],
      ['v2/other.h5', 0],
    ] as const) {
      expect([file, (await planned([file], { inputs: { models: 'now/net.h5' } }, folder)).paths.length]).toEqual([
        file,
        expected,
      ]);
    }
  });

  test('a push compares its two commits', async () => {
    expect((await planned(['examples/badnet.h5'], { event: push })).paths).toEqual(['examples/badnet.h5']);
    expect(server.calls.some(({ path: at }) => at.includes(`/compare/${base}...`))).toBe(true);
  });

  test.each<[string, Setting]>([
    ['an event without commits', { event: { name: 'workflow_dispatch', payload: {} } }],
    ['a new branch', { event: { name: 'push', payload: { before: '0'.repeat(40), after: base } } }],
    ['no token', { event: push, env: { 'INPUT_REPO-TOKEN': '' } }],
  ])('%s: everything', async (_, setting) => {
    const run = await planned([], setting);
    expect(run.paths).toEqual(both);
    expect(run.summary).toContain('All models are evaluated: ');
  });

  test('more files than GitHub lists, an API that refuses, a checkout elsewhere: everything', async () => {
    expect((await planned(Array.from({ length: 3000 }, (_, i) => `f${i}`))).paths).toEqual(both);
    server.refuse = (_, at) => (at.includes('/pulls/') ? 403 : null);
    expect((await planned(['README.md'])).paths).toEqual(both);
    server.refuse = () => null;
    expect((await planned(['README.md'], {}, smallWorkspace())).paths).toEqual(both);
  });

  test('data or a model that is not there as committed: everything', async () => {
    const [fetched, trained] = [checkout(example.replace('examples/clean_test.h5', 'fetched.h5')), checkout()];
    copyFileSync(path.join(fetched, 'examples/clean_test.h5'), path.join(fetched, 'fetched.h5'));
    copyFileSync(path.join(trained, 'examples/resistant.h5'), path.join(trained, 'examples/badnet.h5'));
    for (const folder of [fetched, trained]) {
      const run = await planned(['README.md'], {}, folder);
      expect([run.paths, run.summary.includes('not every file is there as it was committed')]).toEqual([both, true]);
    }
  });

  test('a plan of what changed; an empty one merges to a pass', async () => {
    const plan = await planned(['examples/badnet.h5']);
    expect(JSON.parse(plan.outputs['matrix']!)).toEqual({
      include: [
        {
          index: 0,
          model: 'examples/badnet.h5',
          plan: expect.stringMatching(/^77\.1\.[0-9a-f]{12}$/) as string,
          sha256: sha256(readFileSync(path.join(fixtures, 'small/badnet.h5'))),
        },
      ],
    });
    const none = await planned(['README.md']);
    expect(none.outputs['matrix']).toBe('{"include":[]}');
    expect(
      (await runAction(checkout(), server, { inputs: { mode: 'merge', matrix: none.outputs['matrix']! } })).code,
    ).toBe(0);
  });
});

describe('limits of the base commit', () => {
  const atBase = (config: string) => server.contents.set(`.github/goodnet.yml@${base}`, config);
  const run = (config: string, inputs: Record<string, string> = {}) =>
    runAction(checkout(config), server, {
      inputs: { models: 'examples/badnet.h5', upload: 'none', ...inputs },
      event: pullRequest(),
    });

  test('a pull request does not relax them; both are shown', async () => {
    atBase(example.replace('max-asr: 20', 'max-asr: 0.1'));
    const result = await run(example.replace('max-asr: 20', 'max-asr: 99'));
    expect([result.code, result.outputs['verdict']]).toEqual([1, 'failed']);
    expect(result.summary).toContain(
      'Judged by the limits of the base commit: <code>max-asr&#58; 0.1</code> (this pull request sets <code>99</code>).',
    );
  });

  test('a kind accepted or a limit removed by the pull request does not count; one that it adds does', async () => {
    atBase(example.replace('accept: [pruned, goodnet]', 'accept: [original]'));
    expect((await run(example)).outputs['verdict']).toBe('repairable');
    atBase(example.replace(/^accept: .*\n/m, ''));
    expect((await run(example)).outputs['verdict']).toBe('repairable');
    atBase(example);
    expect((await run(example.replace('max-asr: 20', ''))).summary).toContain('this pull request removes it');
    atBase(example.replace(/^min-accuracy: 85.*$/m, ''));
    expect((await run(example.replace('min-accuracy: 85', 'min-accuracy: 99'))).outputs['verdict']).toBe('failed');
  });

  test('inputs stay; a base without the file leaves the limits of the pull request, and that is said', async () => {
    atBase(example.replace('max-asr: 20', 'max-asr: 0.1'));
    expect((await run(example, { 'max-asr': '20' })).code).toBe(0);
    server.contents.clear();
    const result = await run(example);
    expect([result.code, result.summary.includes('The base commit has no <code>.github/goodnet.yml</code>')]).toEqual([
      0,
      true,
    ]);
  });

  test.each(['.github/../.github/goodnet.yml', '././.github//goodnet.yml', '/.github/goodnet.yml'])(
    'the config spelled %s is the same file',
    async (spelling) => {
      atBase(example.replace('max-asr: 20', 'max-asr: 0.1'));
      const folder = checkout();
      const file = spelling.startsWith('/') ? `${folder}${spelling}` : spelling;
      expect(
        (
          await runAction(folder, server, {
            inputs: { models: 'examples/badnet.h5', upload: 'none', 'config-file': file },
            event: pullRequest(),
          })
        ).outputs['verdict'],
      ).toBe('failed');
    },
  );

  test('a config spelled past the link that the workspace is reached by is the same file', async () => {
    atBase(example.replace('max-asr: 20', 'max-asr: 0.1'));
    const folder = checkout();
    const link = path.join(folder, '..', 'link');
    symlinkSync(folder, link);
    const named = (file: string) =>
      runAction(link, server, {
        inputs: {
          models: 'examples/badnet.h5',
          upload: 'none',
          out: path.basename(path.dirname(file)),
          'config-file': file,
        },
        event: pullRequest(),
      });
    expect((await named(path.join(folder, '.github/goodnet.yml'))).outputs['verdict']).toBe('failed');
  });

  test('a folder in the place of the config at the base is an error', async () => {
    server.folders.add(`.github/goodnet.yml@${base}`);
    expect((await run(example)).annotations).toEqual([
      expect.stringMatching(/the base commit's limits cannot be read \(it is no file\)/),
    ]);
  });

  test('a pull request that deletes the config keeps its limits', async () => {
    atBase('min-accuracy: 99.9\n');
    const folder = checkout();
    rmSync(path.join(folder, '.github/goodnet.yml'));
    const data = {
      clean: 'examples/clean_valid.h5',
      poisoned: 'corner=examples/poisoned_valid.h5',
      scale: '1/255',
      'max-asr': '20',
      accept: 'pruned',
    };
    const result = await runAction(folder, server, {
      inputs: { models: 'examples/badnet.h5', upload: 'none', ...data },
      event: pullRequest(),
    });
    expect([
      result.outputs['verdict'],
      result.summary.includes('<code>min-accuracy&#58; 99.9</code> (this pull request removes it)'),
    ]).toEqual(['failed', true]);
  });

  test.each<[string, string, string | RegExp]>([
    ['scale', 'scale: 0.5', '<code>scale</code> is not as in'],
    ['no test data', 'no-test', '<code>clean</code>, <code>attacks</code> are not as in'],
  ])('a pull request that changes what is measured: %s', async (_, change, words) => {
    atBase(example);
    const own = change === 'no-test' ? example.replace(/^ +test: .*\n/gm, '') : example.replace(/^scale: .*$/m, change);
    const result = await run(own);
    expect(result.summary).toContain(words);
    expect(result.annotations[0]).toMatch(/^warning: This pull request changes what is measured/);
  });

  test('the same settings in another order are no change', async () => {
    atBase(
      example
        .split(/\n(?=\S)/)
        .reverse()
        .join('\n'),
    );
    expect((await run(example)).annotations).toEqual([]);
  });

  test('a base that cannot be asked is an error, since the limits are not known', async () => {
    server.refuse = (_, at) => (at.includes('/contents/') ? 403 : null);
    const result = await run(example);
    expect([result.code, result.annotations]).toEqual([
      2,
      [expect.stringMatching(/the base commit's limits cannot be read \(403\)/)],
    ]);
  });

  test('not found, and the commit not either: the token sees nothing, which is an error', async () => {
    server.refuse = (_, at) => (/\/(contents|commits)\//.test(at) ? 404 : null);
    expect((await run(example)).annotations).toEqual([
      expect.stringMatching(/the base commit's limits cannot be read \(404\)/),
    ]);
  });

  test('a broken base config, or a pull request event that names no base, is an error', async () => {
    atBase('max-ars: 1');
    expect((await run(example)).annotations).toEqual([
      expect.stringMatching(/cannot be read \(there it unknown key `max-ars`\)/),
    ]);
    const event = { name: 'pull_request_target', payload: { number: 7 } };
    expect(
      (await runAction(checkout(), server, { inputs: { models: 'examples/badnet.h5' }, event })).annotations,
    ).toEqual([expect.stringMatching(/does not name its base commit/)]);
  });

  describe('whatever event a proposal comes with', () => {
    const pull = pullRequest().payload as { pull_request: object };
    const group = { merge_group: { base_sha: base, head_sha: 'a'.repeat(40) } };
    const ofRun = (event: string, ...repositories: number[]) => ({
      repository: { id: 1 },
      workflow_run: {
        event,
        pull_requests: repositories.map((id) => ({ number: 7, base: { sha: base, repo: { id } } })),
      },
    });
    const repository = { id: 1, default_branch: 'main' };
    const checks = (kind: 'check_suite' | 'check_run', head_branch: string | null, ...repositories: number[]) => {
      const suite = { head_branch, pull_requests: ofRun('', ...repositories).workflow_run.pull_requests };
      return {
        repository,
        ...(kind === 'check_suite' ? { check_suite: suite } : { check_run: { check_suite: suite } }),
      };
    };
    const statusOf = (...branches: string[]) => ({ repository, branches: branches.map((name) => ({ name })) });
    const deployed = { repository, deployment: { ref: 'main' } };
    const on = (name: string, payload: object, inputs: Record<string, string> = {}, env: Record<string, string> = {}) =>
      runAction(checkout(), server, {
        inputs: { models: 'examples/badnet.h5', upload: 'none', ...inputs },
        event: { name, payload },
        env,
      });
    const verdict = async (...setting: Parameters<typeof on>) => (await on(...setting)).outputs['verdict'];

    test.each<[string, object, Record<string, string>]>([
      ['pull_request_target', pull, {}],
      ['pull_request_review', pull, {}],
      ['merge_group', group, {}],
      ['issue_comment', { issue: { number: 7, pull_request: {} } }, {}],
      ['workflow_run', ofRun('pull_request', 2, 1), {}],
      ['workflow_run', ofRun('pull_request_target'), { 'pr-number': '7' }],
      ['workflow_run', ofRun('workflow_run', 1), {}],
      ['check_suite', checks('check_suite', 'work', 1), {}],
      ['check_run', checks('check_run', 'work', 1), {}],
      ['check_suite', checks('check_suite', 'main', 1), {}],
      ['check_suite', checks('check_suite', null), { 'pr-number': '7' }],
      ['status', statusOf('work'), { 'pr-number': '7' }],
    ])('%s: the limits are those of its base', async (name, payload, inputs) => {
      atBase(example.replace('max-asr: 20', 'max-asr: 0.1'));
      expect(await verdict(name, payload, inputs)).toBe('failed');
    });

    test.each<[string, object]>([
      ['issue_comment', { issue: { number: 7 } }],
      ['workflow_run', ofRun('push', 1)],
      ['schedule', {}],
      ['check_suite', checks('check_suite', 'main')],
      ['check_run', checks('check_run', 'main')],
      ['status', statusOf('work', 'main')],
      ['deployment', deployed],
    ])("%s about no proposal: the files are the repository's own", async (name, payload) => {
      atBase(example.replace('max-asr: 20', 'max-asr: 0.1'));
      expect(await verdict(name, payload, { 'pr-number': '7' }, { GITHUB_REF: 'refs/heads/main' })).toBe('passed');
    });

    test.each<[string, object]>([
      ['merge_group', {}],
      ['workflow_run', ofRun('pull_request')],
      ['workflow_run', ofRun('merge_group')],
      ['workflow_run', ofRun('pull_request', 1, 1)],
      ['workflow_run', {}],
      ['workflow_run', ofRun('workflow_run')],
      ['workflow_run', ofRun('check_suite')],
      ['workflow_run', ofRun('issue_comment')],
      ['check_suite', checks('check_suite', 'work')],
      ['check_run', checks('check_run', 'work')],
      ['check_suite', checks('check_suite', null)],
      ['check_run', checks('check_run', null)],
      ['check_suite', checks('check_suite', 'main', 1, 1)],
      ['check_suite', checks('check_suite', 'main', 2)],
      ['check_suite', {}],
      ['check_run', {}],
      ['status', statusOf('work')],
      ['status', statusOf()],
      ['status', {}],
      ['deployment', deployed],
      ['deployment_status', {}],
    ])('%s that does not tell it is refused', async (name, payload) => {
      const run = await on(name, payload, {}, { GITHUB_REF: 'refs/heads/work' });
      expect([run.code, run.annotations]).toEqual([
        2,
        [
          expect.stringMatching(
            /does not name its base commit, whose limits hold; name the pull request by `pr-number`/,
          ),
        ],
      ]);
    });

    test('a pull request whose event cannot be read is refused', async () => {
      const run = await runAction(checkout(), server, {
        inputs: { models: 'examples/badnet.h5' },
        event: { name: 'pull_request', payload: {} },
        env: { GITHUB_EVENT_PATH: '/no/such/file' },
      });
      expect([run.code, run.annotations]).toEqual([2, [expect.stringMatching(/does not name its base commit/)]]);
    });

    test('a pull request that cannot be asked for is refused', async () => {
      server.refuse = (_, at) => (at.endsWith('/pulls/7') ? 403 : null);
      expect((await on('issue_comment', { issue: { number: 7, pull_request: {} } })).annotations).toEqual([
        expect.stringMatching(/pull request 7: the base commit's limits cannot be read \(403\)/),
      ]);
    });
  });

  describe('of a checkout in a folder of the workspace', () => {
    /** A workspace whose folder `repo` is the checkout, with a second one of another repository beside it. */
    const within = (): string => {
      const folder = smallWorkspace(null);
      for (const name of ['repo', 'other']) {
        mkdirSync(path.join(folder, name, 'ci'), { recursive: true });
        for (const file of ['ci/goodnet.yml', 'goodnet.yml']) writeFileSync(path.join(folder, name, file), example);
        commit(path.join(folder, name));
      }
      return folder;
    };
    const judged = (folder: string, file = 'repo/ci/goodnet.yml') =>
      runAction(folder, server, {
        inputs: { models: 'examples/badnet.h5', upload: 'none', 'config-file': file },
        event: pullRequest(),
      });
    const strict = () => server.contents.set(`ci/goodnet.yml@${base}`, example.replace('max-asr: 20', 'max-asr: 0.1'));

    test('the config is asked for by its path in the repository', async () => {
      strict();
      expect((await judged(within())).outputs['verdict']).toBe('failed');
    });

    test('a link in the pull request leads to no other config', async () => {
      strict();
      const folder = within();
      rmSync(path.join(folder, 'repo/ci'), { recursive: true });
      symlinkSync('../other', path.join(folder, 'repo/ci'));
      expect((await judged(folder)).outputs['verdict']).toBe('failed');
    });

    test('a config in a submodule is refused: a pull request can move it', async () => {
      const folder = within();
      execFileSync('git', ['-c', 'protocol.file.allow=always', 'submodule', 'add', path.join(folder, 'other'), 'sub'], {
        cwd: path.join(folder, 'repo'),
        stdio: 'ignore',
      });
      const run = await judged(folder, 'repo/sub/ci/goodnet.yml');
      expect([run.code, run.annotations]).toEqual([2, [expect.stringMatching(/it lies in a submodule/)]]);
    });
  });

  test('paths in the repository, as both systems spell them', () => {
    const { win32, posix } = path;
    expect(repositoryPath('.github\\..\\.github\\goodnet.yml', 'D:\\a\\repo', win32)).toBe('.github/goodnet.yml');
    expect(repositoryPath('D:\\a\\repo\\x.yml', 'D:\\a\\repo', win32)).toBe('x.yml');
    expect([
      repositoryPath('C:\\x.yml', 'D:\\a', win32),
      repositoryPath('..\\x.yml', 'D:\\a', win32),
      repositoryPath('../x', '/a', posix),
      repositoryPath('.', '/a', posix),
    ]).toEqual([null, null, null, null]);
    expect(repositoryPath('..x/y', '/a', posix)).toBe('..x/y');
  });
});

describe('baseline', () => {
  const inputs = { models: 'examples/badnet.h5', upload: 'none' };
  const withBaseline = async (change: (report: Report) => void, more: Record<string, string>) => {
    const folder = checkout();
    const report = await reported();
    change(report);
    writeFileSync(path.join(folder, 'baseline.json'), JSON.stringify(report));
    return {
      folder,
      run: await runAction(folder, server, { inputs: { ...inputs, baseline: 'baseline.json', ...more } }),
    };
  };

  test('the same again: no change, both limits met, and the table says so', async () => {
    const { run, folder } = await withBaseline(() => undefined, {
      'max-asr-increase': '0',
      'max-accuracy-decrease': '0',
    });
    expect(run.code).toBe(0);
    expect(run.summary).toContain('accuracy\u00a0+0.00<br>ASR\u00a0+0.00');
    expect(readJson<Report>(path.join(folder, 'goodnet-out/report.json')).models[0]!.candidates[1]!.change).toEqual({
      validation: { accuracy: 0, asr: 0 },
      test: { accuracy: 0, asr: 0 },
    });
  });

  test('a decrease beyond its limit is not met by that candidate; another one is recommended', async () => {
    const better = (report: Report) => {
      for (const figures of [report.models[0]!.candidates[4]!.test!, report.models[0]!.candidates[4]!.validation])
        figures.correct = figures.clean;
    };
    const { run } = await withBaseline(better, { 'max-accuracy-decrease': '1%' });
    expect([run.code, run.outputs['recommended-model']]).toEqual([
      0,
      'goodnet-out/examples__badnet.h5/goodnet_best.h5',
    ]);
  });

  test('percentages are made from the counts, not believed', async () => {
    const { run } = await withBaseline(
      (report) => {
        for (const { test: figures } of report.models[0]!.candidates)
          Object.assign(figures!, { accuracy: 100, maxAsr: 0 });
      },
      { 'max-asr-increase': '0', 'max-accuracy-decrease': '0' },
    );
    expect(run.code).toBe(0);
  });

  test('a model by another spelling is the same model', async () => {
    expect(
      (
        await withBaseline(
          (report) => {
            report.models[0]!.path = './examples\\x/../badnet.h5';
          },
          { 'max-asr-increase': '0' },
        )
      ).run.code,
    ).toBe(0);
  });

  test("on a pull request it is the base commit's: named there, and read there", async () => {
    const limits = 'max-asr-increase: 0\nmax-accuracy-decrease: 0\n';
    const folder = checkout(`${example}\n${limits}baseline: forged.json\n`);
    rmSync(path.join(folder, 'goodnet-out'), { recursive: true, force: true });
    await runAction(folder, server, { inputs: { ...inputs, baseline: '', 'config-file': 'examples/goodnet.yml' } });
    const honest = readFileSync(path.join(folder, 'goodnet-out/report.json'), 'utf8');
    server.contents.set(`.github/goodnet.yml@${base}`, `${example}\n${limits}baseline: base.json\n`);
    const judged = () => runAction(folder, server, { inputs, event: pullRequest() });
    const none = await judged();
    expect([
      none.code,
      none.summary.includes('Nothing is comparable: at the base commit <code>base.json</code> is not there'),
    ]).toEqual([1, true]);
    server.contents.set(`base.json@${base}`, honest);
    const good = await judged();
    expect([
      good.code,
      good.summary.includes('<code>baseline&#58; base.json</code> (this pull request sets <code>forged.json</code>)'),
    ]).toEqual([0, true]);
  });

  test("an input may name what a step fetched; what is committed is the base commit's all the same", async () => {
    const { folder } = await withBaseline(() => undefined, {});
    const on = () =>
      runAction(folder, server, {
        inputs: { ...inputs, baseline: 'baseline.json', 'max-asr-increase': '0' },
        event: pullRequest(),
      });
    expect((await on()).code).toBe(0);
    execFileSync('git', ['add', 'baseline.json'], { cwd: folder });
    expect((await on()).code).toBe(1);
  });

  test.each<[string, (report: Report) => void]>([
    [
      'other data',
      (report) => {
        for (const input of report.inputs) input.sha256 = '0'.repeat(64);
      },
    ],
    [
      'other pixels',
      (report) => {
        report.config['scale'] = { value: 2, source: 'config' };
      },
    ],
    [
      'another model',
      (report) => {
        report.models[0]!.path = 'other.h5';
      },
    ],
  ])('%s cannot be compared: the limit is not met, without a limit it is only told', async (_, change) => {
    const { run } = await withBaseline(change, { 'max-asr-increase': '5' });
    expect([run.code, run.summary.includes('not comparable')]).toEqual([1, true]);
    expect((await withBaseline(change, {})).run.code).toBe(0);
  });

  test('moved and pinned data is the same data', async () => {
    const { folder } = await withBaseline(() => undefined, {});
    copyFileSync(path.join(folder, 'examples/clean_test.h5'), path.join(folder, 'moved.h5'));
    writeFileSync(
      path.join(folder, '.github/goodnet.yml'),
      example.replace(
        'test: examples/clean_test.h5',
        'test: { file: moved.h5, sha256: d4acc8db3b5e5b8d }'.replace(
          'd4acc8db3b5e5b8d',
          readJson<Report>(path.join(folder, 'baseline.json')).inputs.find(
            (input) => input.path === 'examples/clean_test.h5',
          )!.sha256,
        ),
      ),
    );
    const run = await runAction(folder, server, {
      inputs: { ...inputs, baseline: 'baseline.json', 'max-asr-increase': '0' },
    });
    expect(run.code).toBe(0);
  });

  test.each<[Record<string, string>, RegExp]>([
    [{ baseline: 'no.json' }, /no.json: does not exist/],
    [{ 'max-asr-increase': '1%' }, /`max-asr-increase` stands without `baseline`/],
    [{ baseline: '../../etc/passwd' }, /outside/],
    [{ baseline: 'examples/goodnet.yml' }, /is no JSON/],
  ])('%j is refused', async (more, words) => {
    const run = await runAction(checkout(), server, { inputs: { ...inputs, ...more } });
    expect([run.code, run.annotations]).toEqual([2, [expect.stringMatching(words)]]);
  });
});

describe('baseline-artifact', () => {
  const inputs = { models: 'examples/badnet.h5', upload: 'none', 'baseline-artifact': 'main-report' };
  const env = { GITHUB_WORKFLOW_REF: 'owner/repo/.github/workflows/m.yml@refs/pull/7/merge' };
  const compared = (more: Record<string, string> = {}, setting: Setting = {}) =>
    runAction(checkout(), server, { event: pullRequest(), env, ...setting, inputs: { ...inputs, ...more } });
  /** The number of an artifact with the report of this model, as it is or with every clean image right. */
  const uploaded = async (kind: 'same' | 'perfect'): Promise<number> => {
    const report = await reported();
    if (kind === 'perfect')
      for (const { validation, test: onTest } of report.models[0]!.candidates)
        for (const figures of [validation, onTest!]) figures.correct = figures.clean;
    const id = await uploadFile(server, 'main-report', 'report.json', JSON.stringify(report));
    server.artifacts[id - 1]!.name = `stored-${id}`;
    return id;
  };
  const named = (...ids: number[]) => {
    for (const id of ids) server.artifacts[id - 1]!.name = 'main-report';
  };

  test('the newest of the base branch is compared with, and named', async () => {
    const [same, perfect] = [await uploaded('same'), await uploaded('perfect')];
    named(same, perfect);
    server.runs = [
      { id: 42, event: 'schedule', branch: 'main', artifacts: [] },
      { id: 41, event: 'push', branch: 'main', artifacts: [same] },
      { id: 40, event: 'push', branch: 'main', artifacts: [perfect] },
    ];
    const run = await compared({ 'max-asr-increase': '0', 'max-accuracy-decrease': '0' });
    expect([
      run.code,
      run.summary.includes(
        'Compared with <code>main-report</code> of [run 41](https://github.com/owner/repo/actions/runs/41) on <code>main</code>.',
      ),
    ]).toEqual([0, true]);
    server.runs.splice(1, 1);
    expect((await compared({ 'max-accuracy-decrease': '0' })).code).toBe(1);
  });

  test("a report of a stranger's run, of a comment's or of another branch is not taken, and none that has expired", async () => {
    const [same, perfect] = [await uploaded('same'), await uploaded('perfect')];
    named(same, perfect);
    server.runs = [
      { id: 46, event: 'pull_request', branch: 'main', artifacts: [same] },
      { id: 45, event: 'push', branch: 'main', repository: 'other/repo', artifacts: [same] },
      { id: 44, event: 'issue_comment', branch: 'main', artifacts: [same] },
      { id: 43, event: 'push', branch: 'feature', artifacts: [same] },
      { id: 42, event: 'push', branch: 'main', artifacts: [same], expired: true },
      { id: 41, event: 'push', branch: 'main', artifacts: [perfect] },
    ];
    const run = await compared({ 'max-accuracy-decrease': '0' });
    expect([run.code, run.summary.includes('[run 41]')]).toEqual([1, true]);
  });

  test.each<[string, NonNullable<Setting['event']>]>([
    ['a push: the default branch', { name: 'push', payload: { repository: { default_branch: 'main' } } }],
    [
      'a comment: the pull request is asked for',
      { name: 'issue_comment', payload: { issue: { number: 7, pull_request: {} } } },
    ],
    [
      'a merge group',
      { name: 'merge_group', payload: { merge_group: { base_sha: base, base_ref: 'refs/heads/main' } } },
    ],
  ])('%s', async (_, event) => {
    const id = await uploaded('same');
    named(id);
    server.runs = [{ id: 41, event: 'push', branch: 'main', artifacts: [id] }];
    expect((await compared({ 'max-asr-increase': '0' }, { event })).code).toBe(0);
  });

  test('where no run has it, nothing is comparable: a limit on the change is not met, without one it is only told', async () => {
    expect((await compared({ 'max-asr-increase': '99' })).code).toBe(1);
    const run = await compared();
    expect([
      run.code,
      run.summary.includes(
        'Nothing is comparable: no run of <code>main</code> has the artifact <code>main-report</code>.',
      ),
    ]).toEqual([0, true]);
  });

  test.each<[string, Record<string, string>, Setting, RegExp]>([
    ['beside baseline', { baseline: 'b.json' }, {}, /baseline-artifact: stands beside `baseline`/],
    ['a name that none has', { 'baseline-artifact': 'a/b' }, {}, /holds a character that no artifact may have/],
    ['no token', { 'repo-token': '' }, { event: { name: 'push', payload: {} } }, /there is no `repo-token`/],
    ['no branch', {}, { event: { name: 'push', payload: {} } }, /does not name its base branch/],
    ['no workflow', {}, { env: {} }, /the workflow is not named/],
  ])('%s is refused', async (_, more, setting, words) => {
    const run = await compared(more, {
      ...setting,
      env: { ...(setting.env ?? env), ...('repo-token' in more ? { 'INPUT_REPO-TOKEN': '' } : {}) },
    });
    expect([run.code, run.annotations]).toEqual([2, [expect.stringMatching(words)]]);
  });

  test('a token that may not read runs, and an artifact of something else, are refused', async () => {
    server.refuse = (_, at) => (at.includes('/actions/workflows/') ? 403 : null);
    expect((await compared()).annotations).toEqual([
      expect.stringMatching(
        /main-report: the artifact cannot be compared with \(403\); give the job `permissions: actions: read`/,
      ),
    ]);
    server.refuse = () => null;
    server.runs = [
      {
        id: 41,
        event: 'push',
        branch: 'main',
        artifacts: [await uploadFile(server, 'main-report', 'index.html', 'x')],
      },
    ];
    expect((await compared()).annotations).toEqual([expect.stringMatching(/holds no report of goodnet/)]);
  });
});
