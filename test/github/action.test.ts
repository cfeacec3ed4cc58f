import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test, vi } from 'vitest';
import { configSchema } from '../../src/settings/config.ts';
import { resolveConfig } from '../../src/settings/resolve-config.ts';
import { parseConfig } from '../../src/settings/config-file.ts';
import { evaluate } from '../../src/jobs/evaluate.ts';
import { uploadArtifacts } from '../../src/github/artifacts.ts';
import { commentOf } from '../../src/github/comment.ts';
import { type ActionInputs, actionInputs } from '../../src/github/inputs.ts';
import { outputsOf } from '../../src/github/outputs.ts';
import type { Runner } from '../../src/github/runner.ts';
import { summaryOf } from '../../src/github/summary.ts';
import type { Report } from '../../src/report/record/report.ts';
import {
  type ActionRun,
  exampleConfig as example,
  openArtifact,
  pullRequest,
  runAction,
  smallWorkspace,
  workspace,
} from '../action-run.ts';
import { command } from '../command.ts';
import { forEachTest, type GitHubServer } from '../github-server.ts';
import { fixtures, readJson, root, testWorld } from '../support.ts';
import { temporaryFolder } from '../temporary-folder.ts';

let server: GitHubServer;
forEachTest((fresh) => {
  server = fresh;
});

const passing = { models: 'examples/badnet.h5' };
const failing = { models: 'examples/resistant.h5' };
const withoutLimits = example.replace(/^(min-accuracy|max-asr).*\n/gm, '');
const sha256 = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');
const isFinished = (text: string) => /Passed|Gate not met|Not evaluated|nothing was evaluated/.test(text);

const opened = (name: RegExp, folder?: string) => openArtifact(server, name, folder);

describe('verdicts', () => {
  test('a model that is repaired passes: outputs, summary, two artifacts, no annotation', async () => {
    const run = await runAction(workspace(), server, { inputs: passing });
    expect([run.code, run.annotations]).toEqual([0, []]);
    expect(run.outputs).toMatchObject({
      passed: 'true',
      verdict: 'passed',
      'recommended-model': 'goodnet-out/examples__badnet.h5/model_best.h5',
      'report-json': 'goodnet-out/report.json',
      'artifact-id': '1',
      'artifact-url': 'https://github.com/owner/repo/actions/runs/77/artifacts/1',
      accuracy: String((100 * 441) / 450),
      asr: String((100 * 1) / 405),
    });
    expect(JSON.parse(run.outputs['results']!)).toMatchObject([
      { path: 'examples/badnet.h5', verdict: 'passed', recommended: { kind: 'pruned', checkpoint: null } },
    ]);
    expect(server.artifacts.map(({ name, finished }) => [name.replace(/-[0-9a-f]{8}/, '-#'), finished])).toEqual([
      ['goodnet-gate-#', true],
      ['goodnet-gate-#-report', true],
    ]);
    expect(run.outputs['artifact-digest']).toBe(server.artifacts[0]!.hash.replace('sha256:', ''));
    await expect(
      run.summary.replace(/-[0-9a-f]{8}(?=-report|<)/g, '-#').replace(/<code>[0-9a-f]{64}<\/code>/g, '#'),
    ).toMatchFileSnapshot('../snapshots/summary.md');
  });

  test('an ONNX net is gated, and its repaired copies are uploaded as ONNX', async () => {
    const folder = smallWorkspace();
    copyFileSync(path.join(fixtures, 'onnx-golden/examples.onnx'), path.join(folder, 'examples/badnet.onnx'));
    const run = await runAction(folder, server, { inputs: { models: 'examples/*.onnx' } });
    expect([run.code, run.annotations]).toEqual([0, []]);
    expect(run.outputs).toMatchObject({
      verdict: 'passed',
      'recommended-model': 'goodnet-out/examples__badnet.onnx/model_best.onnx',
    });
    const uploaded = await opened(/^goodnet-gate-[0-9a-f]{8}$/);
    const files = readdirSync(uploaded, { recursive: true, encoding: 'utf8' });
    expect(files.filter((file) => /\.(onnx|h5)$/.test(file)).map((file) => path.extname(file))).not.toContain('.h5');
    expect(files).toContainEqual(expect.stringMatching(/goodnet_X=2\.onnx$/));
    const again = await runAction(folder, server, {
      inputs: { models: 'goodnet-out/*/model_best.onnx', accept: 'original', out: 'again' },
    });
    expect([again.code, again.outputs['verdict']]).toEqual([0, 'passed']);
  });

  test('a model that cannot be repaired fails the job, with one annotation on its file', async () => {
    const run = await runAction(workspace(), server, { inputs: failing });
    expect([run.code, run.annotations]).toEqual([1, ['error: Gate not met: no candidate meets the limits.']]);
    expect(run.log).toContain('::error title=goodnet%3A examples/resistant.h5,file=examples/resistant.h5::');
    expect(run.outputs).toMatchObject({ passed: 'false', verdict: 'failed', 'recommended-model': '', asr: '100' });
    expect(run.summary).toContain('❌ goodnet: Gate not met');
    expect(run.summary).toContain('Do not ship this model.');
  });

  test('warn-only hides an unmet gate, and tells it', async () => {
    const run = await runAction(smallWorkspace(), server, { inputs: { ...failing, 'warn-only': 'true' } });
    expect([run.code, run.annotations, run.outputs['passed']]).toEqual([
      0,
      ['warning: Gate not met: no candidate meets the limits.'],
      'false',
    ]);
  });

  test('a file of a kind that is not accepted is named, never recommended as output', async () => {
    const run = await runAction(smallWorkspace(), server, {
      inputs: { ...passing, accept: 'original', upload: 'recommended' },
    });
    expect([run.code, run.outputs['verdict'], run.outputs['recommended-model']]).toEqual([1, 'repairable', '']);
    expect(run.summary).toContain('Add `pruned` to `accept`');
    expect(server.artifacts.map(({ name }) => name)).toEqual([expect.stringMatching(/-report$/)]);
  });

  test('two models: each its verdict, no single recommendation', async () => {
    const run = await runAction(smallWorkspace(), server, {
      inputs: { models: 'examples/*net.h5\nexamples/resistant.h5' },
    });
    expect([run.code, run.outputs['recommended-model']]).toEqual([1, undefined]);
    expect((JSON.parse(run.outputs['results']!) as { verdict: string }[]).map(({ verdict }) => verdict)).toEqual([
      'passed',
      'failed',
    ]);
    expect(run.summary).toContain('Gate not met: 1 of 2 models');
  });

  test('a refused model beside a good one: both are told, and the job fails even with warn-only', async () => {
    const folder = smallWorkspace();
    copyFileSync(path.join(fixtures, 'refused/lambda.keras3.h5'), path.join(folder, 'bad.h5'));
    const run = await runAction(folder, server, {
      inputs: { models: 'bad.h5\nexamples/badnet.h5', 'warn-only': 'true' },
    });
    expect([run.code, run.outputs['verdict'], run.annotations]).toEqual([
      2,
      'error',
      [expect.stringMatching(/^error: bad.h5: layer payload is a Lambda/)],
    ]);
    expect(JSON.parse(run.outputs['results']!)).toMatchObject([
      { path: 'examples/badnet.h5', verdict: 'passed' },
      { path: 'bad.h5', code: 'layer-unsupported', sha256: sha256(path.join(folder, 'bad.h5')) },
    ]);
    expect(run.summary).toContain('payload is a Lambda');
    expect(server.artifacts).toHaveLength(2);
  });

  test('an input wins over the config file, the file over the default', async () => {
    const folder = smallWorkspace();
    await runAction(folder, server, { inputs: { ...passing, checkpoints: '3', accept: 'pruned\noriginal' } });
    const { config } = readJson<Report>(path.join(folder, 'goodnet-out/report.json'));
    expect([config['checkpoints'], config['accept'], config['max-asr'], config['layout']]).toEqual([
      { value: [3], source: 'flag' },
      { value: ['pruned', 'original'], source: 'flag' },
      { value: 20, source: 'config' },
      { value: 'auto', source: 'default' },
    ]);
  });

  test('everything as inputs, without a config file', async () => {
    const inputs = {
      ...passing,
      clean: 'examples/clean_valid.h5',
      poisoned: 'corner=examples/poisoned_valid.h5',
      scale: '0.00392156862745098',
      'max-asr': '20',
      accept: 'pruned',
    };
    expect((await runAction(smallWorkspace(null), server, { inputs })).code).toBe(0);
  });

  const measured = { ...passing, scale: '1/255', 'max-asr': '20', accept: 'pruned' };
  const valid = path.join(root, 'examples/clean_valid.h5');

  test('what has a structure of its own, as YAML: a trigger, and files pinned by SHA-256', async () => {
    const data = {
      clean: `validation: { file: examples/clean_valid.h5, sha256: ${sha256(valid)} }\ntest: examples/clean_test.h5`,
      attacks: 'corner-patch:\n  target: 0\n  trigger:\n    image: examples/corner.png\n    at: [6, 6]',
    };
    const folder = workspace(null);
    const run = await runAction(folder, server, { inputs: { ...measured, ...data } });
    const { config, models } = readJson<Report>(path.join(folder, 'goodnet-out/report.json'));
    expect([run.code, config['attacks'], Object.keys(models[0]!.candidates[0]!.test!.robust)]).toEqual([
      0,
      {
        value: { 'corner-patch': { target: 0, trigger: { image: 'examples/corner.png', at: [6, 6], opacity: 1 } } },
        source: 'flag',
      },
      ['corner-patch'],
    ]);
  });

  test.each<[string, Record<string, string>, RegExp]>([
    [
      'a pin that does not hold',
      {
        clean: `{ validation: { file: examples/clean_valid.h5, sha256: ${'a'.repeat(64)} } }`,
        attacks: '{ a: { validation: examples/poisoned_valid.h5 } }',
      },
      /clean_valid.h5: has SHA-256/,
    ],
    [
      'a pinned architecture',
      {
        clean: 'examples/clean_valid.h5',
        attacks: 'a: { validation: examples/poisoned_valid.h5 }',
        architecture: `{ file: examples/badnet.h5, sha256: ${'a'.repeat(64)} }`,
      },
      /badnet.h5: has SHA-256/,
    ],
    ['no YAML', { clean: 'examples/clean_valid.h5', attacks: 'a: { validation' }, /attacks: is no valid YAML/],
    [
      'an unknown key',
      { clean: 'examples/clean_valid.h5', attacks: 'a: { validaton: x }' },
      /attacks: unknown key `attacks.a.validaton`; did you mean `validation`/,
    ],
    [
      'a map beside test-clean',
      {
        clean: '{ validation: examples/clean_valid.h5 }',
        'test-clean': 'examples/clean_test.h5',
        poisoned: 'examples/poisoned_valid.h5',
      },
      /test-clean: stands beside/,
    ],
    [
      'attacks beside poisoned',
      {
        clean: 'examples/clean_valid.h5',
        poisoned: 'examples/poisoned_valid.h5',
        attacks: 'a: { validation: examples/poisoned_valid.h5 }',
      },
      /poisoned: stands beside `attacks`/,
    ],
  ])('%s is refused', async (_, data, words) => {
    const run = await runAction(workspace(null), server, { inputs: { ...measured, ...data } });
    expect([run.code, run.annotations]).toEqual([2, [expect.stringMatching(words)]]);
  });

  test('every setting has an input', () => {
    const inputs = new Set(actionInputs.map(({ name }) => name));
    expect(Object.keys(configSchema.properties).filter((name) => !inputs.has(name))).toEqual([]);
  });
});

describe('the artifacts as a bundle', () => {
  const setting = { inputs: { ...passing, upload: 'all' } };
  const verify = async (folder: string, work: string, ...argv: string[]) => {
    const { code, stdout } = await command(work, 'verify', folder, ...argv);
    return { code, text: stripVTControlCharacters(stdout) };
  };

  test('both in one folder are what the run wrote, to the byte, and are computed again', async () => {
    const work = workspace();
    await runAction(work, server, setting);
    const folder = await opened(/-report$/, await opened(/-[0-9a-f]{8}$/));
    const files = (of: string) =>
      readdirSync(of, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
        .map((entry) => path.relative(of, path.join(entry.parentPath, entry.name)))
        .sort();
    expect(files(folder)).toEqual(files(path.join(work, 'goodnet-out')));
    for (const file of files(folder))
      expect(sha256(path.join(folder, file)), file).toBe(sha256(path.join(work, 'goodnet-out', file)));
    const plain = await verify(folder, work, '--rerun');
    expect([plain.code, plain.text]).toEqual([
      0,
      expect.stringMatching(/Checked: 15 files, 5 of 5 inputs, .*all of it computed again\.\nNothing differs\./),
    ]);
    appendFileSync(path.join(folder, 'comment.md'), 'and ship it');
    expect((await verify(folder, work)).text).toMatch(/differs: comment\.md: has \d+ bytes/);
  });

  test('the report alone lacks the models: that is told, and may be allowed', async () => {
    const work = smallWorkspace();
    await runAction(work, server, setting);
    const folder = await opened(/-report$/);
    const strict = await verify(folder, work);
    expect([strict.code, strict.text.match(/model_\S+\.h5: is missing/g)?.length]).toEqual([1, 4]);
    expect(strict.text).toContain(
      'Only repaired models are missing: `--without-models` checks the rest.\n8 differences: this is not what goodnet wrote.\n',
    );
    const lenient = await verify(folder, work, '--without-models', '--rerun');
    expect([lenient.code, lenient.text.match(/not checked: \S+: is not here/g)?.length]).toEqual([0, 8]);
    expect(lenient.text).toContain('Checked: 7 files');
    rmSync(path.join(folder, 'examples__badnet.h5/sweep.csv'));
    const less = await verify(folder, work, '--without-models');
    expect([less.code, less.text]).toEqual([
      1,
      expect.stringContaining('differs: examples__badnet.h5/sweep.csv: is missing\n'),
    ]);
  });

  test('the recommended model alone beside the report', async () => {
    const work = smallWorkspace();
    await runAction(work, server, { inputs: { ...passing, upload: 'recommended' } });
    const folder = await opened(/-report$/, await opened(/-[0-9a-f]{8}$/));
    expect([(await verify(folder, work)).code, (await verify(folder, work, '--without-models')).code]).toEqual([1, 0]);
    appendFileSync(path.join(folder, 'examples__badnet.h5/model_best.h5'), 'x');
    expect((await verify(folder, work, '--without-models')).text).toMatch(/differs: \S+model_best\.h5: has \d+ bytes/);
  });
});

describe('artifacts', () => {
  test('the zip holds the models that were scored: loaded again they give the reported figures', async () => {
    const run = await runAction(workspace(), server, { inputs: { ...passing, workers: '2' } });
    const [models, reports] = [await opened(/-[0-9a-f]{8}$/), await opened(/-report$/)];
    const report = readJson<Report>(path.join(reports, 'report.json'));
    const candidates = report.models[0]!.candidates.slice(1);
    const files = candidates.map(({ file }) => path.join(models, file!));
    const config = { ...parseConfig(example, 'goodnet.yml'), models: files };
    const again = await evaluate(resolveConfig({}, config, null), testWorld(root));
    expect(
      again.models.map(({ sha256, test: figures }) => ({ sha256, correct: figures!.correct, hits: figures!.hits })),
    ).toEqual(
      candidates.map(({ sha256, test: figures }) => ({ sha256, correct: figures!.correct, hits: figures!.hits })),
    );
    expect(existsSync(path.join(reports, 'report.md'))).toBe(true);
    expect(readFileSync(path.join(reports, 'report.html'), 'utf8')).toMatch(
      /class="passed".*[\s\S]*<img alt="clean test image/,
    );
    expect(run.code).toBe(0);
  });

  test('recommended: that one file; none: no call at all', async () => {
    await runAction(smallWorkspace(), server, {
      inputs: { ...passing, upload: 'recommended', 'artifact-name': 'net', 'retention-days': '3' },
    });
    expect(server.artifacts.map(({ name }) => name)).toEqual(['net', 'net-report']);
    expect(existsSync(path.join(await opened(/^net$/), 'examples__badnet.h5/goodnet_best.h5'))).toBe(false);
    server.calls.length = 0;
    const run = await runAction(smallWorkspace(), server, { inputs: { ...passing, upload: 'none' } });
    expect([run.code, server.calls, run.outputs['artifact-id']]).toEqual([0, [], '']);
  });

  test.each<[string, Record<string, string>, RegExp]>([
    ['no token', { ACTIONS_RUNTIME_TOKEN: '' }, /There is no artifact service here/],
    [
      'a service that is down',
      { ACTIONS_RESULTS_URL: 'http://127.0.0.1:1' },
      /could not be uploaded: .*ECONNREFUSED.*The files stay in/,
    ],
    ['a self-hosted GitHub', { GITHUB_SERVER_URL: 'https://git.example.org' }, /could not be uploaded: .*GHES/],
  ])('%s: a warning, the files stay, the verdict stands', async (_, env, words) => {
    const folder = smallWorkspace();
    const run = await runAction(folder, server, { inputs: passing, env });
    expect([
      run.code,
      run.outputs['artifact-id'],
      existsSync(path.join(folder, 'goodnet-out/examples__badnet.h5/model_best.h5')),
    ]).toEqual([0, '', true]);
    expect(run.annotations.filter((line) => line.startsWith('warning')).join('\n')).toMatch(words);
    expect(run.summary).toContain('⚠️');
    expect((await runAction(smallWorkspace(), server, { inputs: failing, env })).code).toBe(1);
  });

  test('a repaired model that was changed since it was scored is not uploaded', async () => {
    const folder = smallWorkspace();
    await runAction(folder, server, { inputs: { ...passing, upload: 'none' } });
    const out = path.join(folder, 'goodnet-out');
    const report = readJson<Report>(path.join(out, 'report.json'));
    const upload = async () => {
      const sent: string[] = [];
      const client = {
        uploadArtifact: (_: string, files: string[]) => {
          sent.push(...files);
          return Promise.resolve({ id: 1 });
        },
      };
      const runner = {
        env: { RUNNER_TEMP: folder, ACTIONS_RUNTIME_TOKEN: 'x', ACTIONS_RESULTS_URL: 'x' },
        artifacts: client,
      } as unknown as Runner;
      const { problems } = await uploadArtifacts(
        report,
        { out, name: 'net', runUrl: '', notes: [] },
        { upload: 'all', 'compression-level': 0 } as ActionInputs,
        runner,
        ['models'],
      );
      return [sent.length, problems];
    };
    expect(await upload()).toEqual([8, []]);
    const file = path.join(out, report.models[0]!.candidates[1]!.file!);
    writeFileSync(file, Buffer.from(readFileSync(file)).reverse());
    expect(await upload()).toEqual([0, [expect.stringMatching(/net could not be uploaded: .*has SHA-256/)]]);
  });

  test('a name that is taken: a warning that says to give another', async () => {
    const inputs = { ...passing, 'artifact-name': '@team' };
    const first = await runAction(smallWorkspace(), server, { inputs });
    const run = await runAction(smallWorkspace(), server, { inputs });
    expect([run.code, run.annotations[0]]).toEqual([
      0,
      expect.stringMatching(/The artifact @team could not be uploaded: .*409.*artifact-name/),
    ]);
    for (const { summary } of [first, run])
      expect([summary.includes('&#64;team'), summary.includes('@team')]).toEqual([true, false]);
  });
});

describe('the comment', () => {
  const inputs = { ...passing, 'comment-summary-in-pr': 'always' };
  const writes = () =>
    server.calls
      .filter(({ method, path: at }) => method !== 'GET' && at.includes('/issues/'))
      .map(({ method }) => method);

  test('is created, left alone while nothing changed, and edited in place', async () => {
    const folder = smallWorkspace();
    await runAction(folder, server, { inputs, event: pullRequest() });
    const again = await runAction(folder, server, { inputs, event: pullRequest(), env: { GITHUB_RUN_ID: '78' } });
    expect([writes(), again.log]).toEqual([['POST'], expect.stringContaining('unchanged')]);
    await runAction(folder, server, { inputs: { ...inputs, 'max-asr': '15' }, event: pullRequest() });
    expect([writes(), server.comments.length]).toEqual([['POST', 'PATCH'], 1]);
    expect(server.comments[0]!.body).toContain('ASR at most 15%');
    expect(server.comments[0]!.body).toContain('| **pruned\u00a0best**\u00a0★ |');
  });

  test('is not taken for ours when somebody else wrote the marker, and is found on a later page', async () => {
    await runAction(smallWorkspace(), server, { inputs, event: pullRequest() });
    const { body } = server.comments.splice(0)[0]!;
    for (let id = 1; id <= 150; id++) server.comments.push({ id, pull: 7, user: { login: 'someone' }, body });
    server.comments.push({ id: 500, pull: 7, user: { login: server.login }, body: `${body.slice(0, 40)}\nold` });
    await runAction(smallWorkspace(), server, { inputs, event: pullRequest() });
    expect([writes(), server.comments.at(-1)!.body]).toEqual([['POST', 'PATCH'], body]);
  });

  test('another key is another comment', async () => {
    for (const key of ['a', 'b -->', 'a'])
      await runAction(smallWorkspace(), server, { inputs: { ...inputs, 'comment-key': key }, event: pullRequest() });
    expect(server.comments).toHaveLength(2);
  });

  test('jobs of one matrix have a comment each, the same job the same one', async () => {
    for (const models of [passing, failing, passing])
      await runAction(smallWorkspace(), server, { inputs: { ...inputs, ...models }, event: pullRequest() });
    expect(server.comments).toHaveLength(2);
  });

  test('a run that is refused or has nothing to evaluate brings an earlier comment up to date, and writes none of its own', async () => {
    const folder = smallWorkspace();
    for (const args of [
      ['init'],
      ['add', '-A'],
      ['-c', 'user.name=a', '-c', 'user.email=a@example.org', 'commit', '-m', 'models'],
    ])
      execFileSync('git', args, { cwd: folder, stdio: 'ignore' });
    const refused = () => runAction(folder, server, { inputs: { ...inputs, checkpoints: '0' }, event: pullRequest() });
    await refused();
    expect(server.comments).toEqual([]);
    await runAction(folder, server, { inputs: { ...inputs, upload: 'none' }, event: pullRequest() });
    await refused();
    expect(server.comments.map(({ body }) => body.includes('⛔ goodnet: nothing was evaluated'))).toEqual([true]);
    server.files = [{ filename: 'README.md' }];
    const none = await runAction(folder, server, {
      inputs: { ...inputs, 'only-changed': 'true', out: 'other' },
      event: pullRequest(),
    });
    expect([none.code, server.comments.map(({ body }) => body.includes('✅ goodnet: nothing to evaluate'))]).toEqual([
      0,
      [true],
    ]);
  });

  test('comment.md of the report says what the comment says', async () => {
    server.contents.set(`.github/goodnet.yml@${'b'.repeat(40)}`, example.replace('max-asr: 20', 'max-asr: 15'));
    await runAction(smallWorkspace(), server, { inputs, event: pullRequest(true) });
    const file = readFileSync(path.join(await opened(/-report$/), 'comment.md'), 'utf8');
    expect(server.comments[0]!.body).toContain(file);
    expect(file).toContain('Judged by the limits of the base commit');
  });

  test('on-failure: none for a pass, but an earlier one is brought up to date', async () => {
    const when = { 'comment-summary-in-pr': 'on-failure', 'comment-key': 'one' };
    await runAction(smallWorkspace(), server, { inputs: { ...passing, ...when }, event: pullRequest() });
    expect(server.comments).toEqual([]);
    await runAction(smallWorkspace(), server, { inputs: { ...failing, ...when }, event: pullRequest() });
    await runAction(smallWorkspace(), server, { inputs: { ...passing, ...when }, event: pullRequest() });
    expect(server.comments.map(({ body }) => body.includes('✅ goodnet: Passed'))).toEqual([true]);
  });

  test.each<[string, number, boolean, RegExp]>([
    [
      'a token that may not write',
      403,
      false,
      /\(403, Resource not accessible by integration\).*`permissions: pull-requests: write`/,
    ],
    ['a fork', 403, true, /fork gets a read-only token.*workflow_run/],
    ['a private repository', 404, false, /\(404.*pull-requests: write/],
    ['a bad token', 401, false, /401.*`repo-token` is not valid/],
    ['a fault', 503, false, /503/],
    ['a comment that is refused', 422, false, /422/],
  ])('%s: a warning with the fix, the verdict stands, the token stays secret', async (_, status, fork, words) => {
    server.refuse = (method, at) => (at.includes('/comments') && (method !== 'GET' || status === 404) ? status : null);
    const folder = smallWorkspace();
    const run = await runAction(folder, server, { inputs, event: pullRequest(fork) });
    expect([run.code, run.annotations]).toEqual([0, [expect.stringMatching(words)]]);
    expect(
      run.log.replaceAll('::add-mask::canary-token', '') +
        run.summary +
        JSON.stringify(run.outputs) +
        readFileSync(path.join(folder, 'goodnet-out/report.json'), 'utf8'),
    ).not.toContain('canary-token');
    expect(server.calls.some(({ token }) => token.includes('canary-token'))).toBe(true);
  });

  describe('the token stays secret', () => {
    const told = (folder: string, run: ActionRun): string => {
      const out = path.join(folder, 'goodnet-out');
      const files = existsSync(out)
        ? readdirSync(out, { recursive: true, withFileTypes: true })
            .filter((entry) => entry.isFile())
            .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'latin1'))
        : [];
      return [run.log.replaceAll(/^::add-mask::.*$/gm, ''), run.summary, JSON.stringify(run.outputs), ...files].join(
        '\n',
      );
    };

    test.each([401, 403, 404, 422, 500, 503])('where GitHub answers %i to all that it is asked', async (status) => {
      server.refuse = (_, at) => (at.startsWith('/repos/') || at === '/graphql' ? status : null);
      const folder = smallWorkspace();
      const run = await runAction(folder, server, { inputs, event: pullRequest() });
      expect([run.code, run.annotations.at(-1)]).toEqual([
        2,
        expect.stringMatching(`the base commit's limits cannot be read \\(${status}\\)`),
      ]);
      expect(told(folder, run)).not.toContain('canary');
    });

    test('where it does not answer in time', async () => {
      const silent = createServer(() => undefined).listen(0, '127.0.0.1');
      const timeout = AbortSignal.timeout.bind(AbortSignal);
      const quick = vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => timeout(100));
      await once(silent, 'listening');
      const folder = smallWorkspace();
      const run = await runAction(folder, server, {
        inputs: { ...inputs, 'pr-number': '7' },
        env: { GITHUB_API_URL: `http://127.0.0.1:${(silent.address() as AddressInfo).port}` },
      });
      quick.mockRestore();
      silent.closeAllConnections();
      silent.close();
      expect([run.code, run.annotations]).toEqual([0, [expect.stringMatching(/No comment was written: .*timeout/)]]);
      expect(told(folder, run)).not.toContain('canary');
    });

    test("where it is none that a header takes: the client's error has it", async () => {
      const folder = smallWorkspace();
      const run = await runAction(folder, server, {
        inputs: { ...inputs, 'pr-number': '7' },
        env: { 'INPUT_REPO-TOKEN': 'canary-one\ncanary-two' },
      });
      expect([run.code, run.annotations]).toEqual([0, [expect.stringMatching(/No comment was written: /)]]);
      expect(told(folder, run)).not.toContain('canary');
    });
  });

  test('an API that cannot be reached', async () => {
    const run = await runAction(smallWorkspace(), server, {
      inputs: { ...inputs, 'pr-number': '7' },
      env: { GITHUB_API_URL: 'http://127.0.0.1:1' },
    });
    expect([run.code, run.annotations]).toEqual([0, [expect.stringMatching(/No comment was written/)]]);
  });

  test.each(['push', 'merge_group', 'workflow_dispatch', 'schedule'])(
    '%s: nothing to comment on, no warning',
    async (name) => {
      const payload =
        name === 'merge_group' ? { merge_group: { base_sha: 'b'.repeat(40), head_sha: 'a'.repeat(40) } } : {};
      const run = await runAction(smallWorkspace(), server, { inputs, event: { name, payload } });
      expect([run.code, run.annotations, server.comments, run.log.includes('No comment')]).toEqual([0, [], [], true]);
    },
  );

  test('without a token there is a warning, and the verdict stands', async () => {
    const run = await runAction(smallWorkspace(), server, {
      inputs: { ...inputs, 'pr-number': '7' },
      env: { 'INPUT_REPO-TOKEN': '' },
    });
    expect([run.code, run.annotations, server.comments]).toEqual([
      0,
      ['warning: No comment was written: there is no `repo-token`.'],
      [],
    ]);
  });

  test('pr-number names the pull request on any event', async () => {
    await runAction(smallWorkspace(), server, {
      inputs: { ...inputs, 'pr-number': '9' },
      event: { name: 'workflow_run', payload: {} },
    });
    expect(server.comments.map(({ pull }) => pull)).toEqual([9]);
  });
});

describe('refused before any work, with a summary', () => {
  test.each<[string, Record<string, string>, string, RegExp]>([
    ['no limit', passing, withoutLimits, /settings: set no limit/],
    ['no model', {}, example.replace(/^models.*$/m, ''), /models: name no model/],
    ['a pattern without a match', { models: 'nets/*.h5' }, example, /no model file matches nets\/\*\.h5/],
    [
      'a limit without its data',
      passing,
      example.replace(/^attacks:[\s\S]*?(?=^scale)/m, '').replace(/^ {2}test.*$/m, ''),
      /`max-asr` cannot be judged without poisoned images/,
    ],
    ['a limit without clean images', passing, 'max-asr: 20\n', /`max-asr` cannot be judged without clean images/],
    [
      'an unknown input',
      { ...passing, 'max-ars': '20' },
      example,
      /max-ars: is no input of this action; did you mean `max-asr`\?/,
    ],
    ...['max_asr', 'maxasr', 'max asr', 'min_accuracy', 'only_changed', 'warnonly', 'model', 'macks-asr'].map(
      (name): [string, Record<string, string>, string, RegExp] => [
        `the mistyped input ${name}`,
        { ...passing, [name]: '0' },
        example,
        new RegExp(
          `${name}: is no input of this action; did you mean \`(max-asr|min-accuracy|only-changed|warn-only|models)\`\\?`,
        ),
      ],
    ),
    [
      'a pattern that matches a whole disk',
      { models: 'many/*' },
      example,
      /models: match 10001 files, at most 10000 are taken; name fewer/,
    ],
    [
      'a limit in hex',
      { ...passing, 'max-asr': '0x14' },
      example,
      /max-asr: 0x14 is no number; write a decimal number/,
    ],
    ['an artifact named ..', { ...passing, 'artifact-name': '..' }, example, /artifact-name: is made of dots/],
    [
      'a limit as a fraction',
      { ...passing, 'min-accuracy': '0.85' },
      example,
      /min-accuracy: `min-accuracy` is 0\.85, and is counted in percent; write 85/,
    ],
    [
      'a limit as a fraction in the config',
      passing,
      `${example}\nmax-accuracy-drop: 0.05\n`,
      /goodnet\.yml: `max-accuracy-drop` is 0\.05, and is counted in points; write 5/,
    ],
    ['a limit that is no number', { ...passing, 'max-asr': 'twenty' }, example, /max-asr: twenty is no number/],
    ['an artifact name', { ...passing, 'artifact-name': 'a/b' }, example, /artifact-name: holds a character/],
    ['a retention', { ...passing, 'retention-days': '91' }, example, /`retention-days` must be <= 90/],
    [
      'a mode',
      { ...passing, mode: 'attack' },
      example,
      /`mode` is "attack", which is not allowed; use "defend" or "plan" or "shard" or "merge"/,
    ],
    ['a boolean', { ...passing, 'warn-only': 'yes' }, example, /warn-only: yes is neither true nor false/],
    ['a missing config', { ...passing, 'config-file': 'no.yml' }, example, /no.yml: does not exist/],
    ['a broken config', passing, 'max-ars: 1', /unknown key `max-ars`/],
    ['a config outside', { ...passing, 'config-file': '../../etc/passwd' }, example, /lies outside the workspace/],
    [
      'data outside',
      { ...passing, clean: '/etc/hostname', 'test-clean': '/etc/hostname' },
      example,
      /\/etc\/hostname: lies outside the workspace/,
    ],
    ['an output folder outside', { ...passing, out: '../../out' }, example, /lies outside the workspace/],
  ])('%s', async (_, inputs, config, words) => {
    const folder = smallWorkspace(config);
    if (inputs['models'] === 'many/*') {
      mkdirSync(path.join(folder, 'many'));
      for (let i = 0; i < 10_001; i++) writeFileSync(path.join(folder, `many/${i}`), '');
    }
    const run = await runAction(folder, server, { inputs: { ...inputs, 'warn-only': inputs['warn-only'] ?? 'true' } });
    expect([run.code, run.outputs, run.annotations]).toEqual([
      2,
      { passed: 'false', verdict: 'error' },
      [expect.stringMatching(words)],
    ]);
    expect(isFinished(run.summary)).toBe(true);
    expect(run.log).not.toContain('ranked channels');
  });

  test('links that lead out of the workspace: a model is refused and the others go on, data stops the run', async () => {
    const [folder, outside] = [smallWorkspace(), temporaryFolder()];
    copyFileSync(path.join(root, 'examples/badnet.h5'), path.join(outside, 'net.h5'));
    mkdirSync(path.join(folder, 'nets'));
    symlinkSync(path.join(outside, 'net.h5'), path.join(folder, 'nets/link.h5'));
    const run = await runAction(folder, server, { inputs: { models: 'nets/link.h5\nexamples/badnet.h5' } });
    expect([run.code, JSON.parse(run.outputs['results']!)]).toEqual([
      2,
      [
        expect.objectContaining({ verdict: 'passed' }),
        expect.objectContaining({ path: 'nets/link.h5', code: 'file-outside', sha256: null }),
      ],
    ]);
    const data = await runAction(folder, server, {
      inputs: { ...passing, clean: 'nets/link.h5', 'test-clean': 'examples/clean_test.h5' },
    });
    expect([data.code, data.annotations]).toEqual([2, [expect.stringMatching(/lies outside/)]]);
    const images = await runAction(folder, server, { inputs: { ...passing, clean: 'nets', poisoned: 'nets' } });
    expect([images.code, images.annotations]).toEqual([2, [expect.stringMatching(/nets\/link.h5: lies outside/)]]);
  });
});

test('inputs that are not ours are left alone', async () => {
  expect(
    (
      await runAction(smallWorkspace(), server, {
        inputs: { ...passing, upload: 'none', path: 'x', who_to_greet: 'me', checkpoints: '2, 1e1' },
      })
    ).code,
  ).toBe(0);
});

test('a thousand models: summary, comment and outputs stay within what GitHub takes, the array stays JSON', async () => {
  const folder = smallWorkspace();
  await runAction(folder, server, { inputs: { ...failing, upload: 'none' } });
  const report = readJson<Report>(path.join(folder, 'goodnet-out/report.json'));
  const [model] = report.models;
  for (const count of [200, 1000, 5000]) {
    const many = {
      ...report,
      models: Array.from({ length: count }, (_, i) => ({ ...model!, path: `nets/${'|'.repeat(150)}${i}.h5` })),
    };
    expect(Buffer.byteLength(summaryOf(many, []))).toBeLessThanOrEqual(900 * 1024);
    expect(commentOf(many).length).toBeLessThanOrEqual(60_000);
    const { results } = outputsOf(many, null, 'x'.repeat(100_000), 'out');
    expect([results!.length <= 60_000, (JSON.parse(results!) as object[]).length > 50]).toEqual([true, true]);
    const refused = {
      ...many,
      errors: Array.from({ length: count }, (_, i) => ({
        path: `n/${'x'.repeat(150)}${i}.h5`,
        code: 'not-hdf5',
        message: 'x'.repeat(200),
      })),
      models: many.models.slice(0, 3),
    };
    expect(
      (JSON.parse(outputsOf(refused, null, '', 'out').results!) as { verdict: string }[])
        .slice(0, 3)
        .map(({ verdict }) => verdict),
    ).toEqual(['failed', 'failed', 'failed']);
    expect(outputsOf(many, null, 'x'.repeat(100_000), 'out')['comment-content']!.length).toBe(60_000);
  }
});

test('a bug: exit code 3, a summary, no verdict that could be taken for a pass, and no token in the stack', async () => {
  const now = () => {
    throw new Error('boom canary-token');
  };
  const run = await runAction(smallWorkspace(), server, { inputs: passing, world: { now } });
  expect([run.code, run.outputs, run.summary.includes('stopped by a bug')]).toEqual([
    3,
    { passed: 'false', verdict: 'error' },
    true,
  ]);
  expect(run.log).toContain('boom ***');
});

test.each(['GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY'])(
  '%s that cannot be written is one line, and nothing has passed',
  async (variable) => {
    const folder = smallWorkspace();
    const run = await runAction(folder, server, {
      inputs: passing,
      env: { [variable]: path.join(folder, 'nobody/made') },
    });
    expect([run.code, run.annotations]).toEqual([
      2,
      [
        expect.stringMatching(
          new RegExp(
            `^error: ${variable}: the file that it names cannot be written \\((ENOENT|it is not there)\\); [^\n]+$`,
          ),
        ),
      ],
    ]);
    expect(run.log).not.toContain('    at ');
    expect(run.outputs['passed']).toBe(variable === 'GITHUB_OUTPUT' ? undefined : 'false');
    expect(run.summary).toMatch(variable === 'GITHUB_OUTPUT' ? /nothing was evaluated/ : /^$/);
  },
);

test('hostile names reach log, summary and comment as text', async () => {
  const folder = smallWorkspace();
  const name = 'nets/a|b`<img src=x>@team ##[error]x.h5';
  mkdirSync(path.join(folder, 'nets'));
  writeFileSync(path.join(folder, name), 'no model');
  const run = await runAction(folder, server, {
    inputs: { models: 'nets/*.h5\nexamples/badnet.h5', 'comment-summary-in-pr': 'always' },
    event: pullRequest(),
  });
  expect(run.code).toBe(2);
  for (const text of [run.summary, server.comments[0]!.body])
    expect(text.replaceAll(/<code>.*?<\/code>/g, '')).not.toMatch(/<img|@team|##\[/);
  expect(run.log).not.toContain('##[');
});

test('the name of a good model reaches log and outputs as text, without a token that stands in it', async () => {
  const folder = smallWorkspace();
  mkdirSync(path.join(folder, 'nets'));
  copyFileSync(path.join(folder, 'examples/badnet.h5'), path.join(folder, 'nets/##[group]canary-token.h5'));
  const run = await runAction(folder, server, { inputs: { models: 'nets/*.h5', upload: 'none' } });
  expect(run.code).toBe(0);
  expect(run.log).toContain('nets/## [group]***.h5: ranked channels');
  expect(run.outputs['results']).toContain('"path":"nets/##[group]***.h5"');
  expect(run.log.replaceAll('::add-mask::canary-token', '') + JSON.stringify(run.outputs)).not.toContain(
    'canary-token',
  );
});

test.each<Record<string, string>>([
  { 'config-file': '<img src=x>@team.yml' },
  { 'warn-only': '<img src=x>@team' },
  { 'max-asr': '<img src=x>@team' },
])('the summary of a refusal shows the input %j as text', async (inputs) => {
  const run = await runAction(smallWorkspace(), server, { inputs: { ...passing, ...inputs } });
  expect([run.code, run.summary]).toEqual([2, expect.stringContaining('img src=x')]);
  expect(run.summary.replaceAll(/<code>.*?<\/code>/g, '')).not.toMatch(/<img|@team/);
});

test('many failing models: eight annotations, and the comment stays within what a comment holds', async () => {
  const folder = smallWorkspace();
  const models = Array.from({ length: 12 }, (_, i) => `nets/${'n'.repeat(200)}${i}.h5`);
  mkdirSync(path.join(folder, 'nets'));
  for (const model of models) copyFileSync(path.join(folder, 'examples/resistant.h5'), path.join(folder, model));
  const run = await runAction(folder, server, {
    inputs: { models: models.join('\n'), 'comment-summary-in-pr': 'always', upload: 'none' },
    event: pullRequest(),
  });
  expect([run.code, run.annotations.length, run.annotations.at(-1)]).toEqual([
    1,
    8,
    'error: 5 more models did not pass; the summary lists them.',
  ]);
  expect(server.comments[0]!.body.length).toBeLessThan(65_536);
  expect(Buffer.byteLength(run.summary)).toBeLessThanOrEqual(900 * 1024);
  expect(run.outputs['comment-content']!.length).toBeLessThanOrEqual(60_000);
});
