import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { resolveConfig } from '../../src/settings/resolve-config.ts';
import { parseConfig } from '../../src/settings/config-file.ts';
import { evaluate } from '../../src/jobs/evaluate.ts';
import type { Report } from '../../src/report/record/report.ts';
import { openArtifact, pullRequest } from '../action-run.ts';
import { forEachTest, type GitHubServer } from '../github-server.ts';
import { readJson, root, testWorld } from '../support.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { act, actionCopy, job, keep, repository, workflow } from './repository.ts';

let server: GitHubServer;
forEachTest((fresh) => {
  server = fresh;
});

const passing = { models: 'examples/badnet.h5' };
const failing = { models: 'examples/resistant.h5' };

const opened = (name: RegExp) => openArtifact(server, name);

test("the README's minimal workflow, word for word: table, artifacts and the right verdict", async () => {
  const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
  const yaml = /<!-- workflow -->\n```yaml\n([\s\S]*?)```/.exec(readme)![1]!;
  const run = await act(repository(yaml), server, 'pull_request', pullRequest().payload);
  expect([run.code, run.log]).toEqual([1, expect.stringMatching(/::set-output:: verdict=failed/)]);
  expect(run.log).toContain('| **pruned\u00a0best**\u00a0★ |');
  expect(server.artifacts.map(({ finished }) => finished)).toEqual([true, true]);
  expect(server.comments[0]!.body).toContain('Gate not met: 1 of 2 models');
});

test('a passing model: the uploaded models are loaded again and give the reported figures', async () => {
  const run = await act(repository(workflow(job(passing))), server);
  expect([run.code, run.outputs['gate']]).toEqual([
    0,
    expect.objectContaining({
      passed: 'true',
      'recommended-model': 'goodnet-out/examples__badnet.h5/model_best.h5',
      'artifact-id': '1',
    }),
  ]);
  expect(run.summary).toContain('✅ goodnet: Passed');
  const [models, reports] = [await opened(/-[0-9a-f]{8}$/), await opened(/-report$/)];
  const candidates = readJson<Report>(path.join(reports, 'report.json')).models[0]!.candidates.slice(1);
  const config = {
    ...parseConfig(readFileSync(path.join(root, 'examples/goodnet.yml'), 'utf8'), 'x'),
    models: candidates.map(({ file }) => path.join(models, file!)),
  };
  const again = await evaluate(resolveConfig({}, config, null), testWorld(root));
  expect(again.models.map(({ sha256, test: figures }) => [sha256, figures!.correct, figures!.hits])).toEqual(
    candidates.map(({ sha256, test: figures }) => [sha256, figures!.correct, figures!.hits]),
  );
});

test('a failing model fails the job; warn-only hides that', async () => {
  const run = await act(
    repository(workflow(job(failing, 'hard'), job({ ...failing, 'warn-only': 'true' }, 'soft'))),
    server,
  );
  expect([run.code, run.outputs['hard']!['passed'], run.outputs['soft']!['passed']]).toEqual([1, 'false', 'false']);
  expect(run.log).toMatch(/\/hard\].*Job failed/);
  expect(run.log).toMatch(/\/soft\].*Job succeeded/);
});

test('two models: each its verdict', async () => {
  const run = await act(repository(workflow(job({}))), server);
  expect([
    run.code,
    (JSON.parse(run.outputs['gate']!['results']!) as { verdict: string }[]).map(({ verdict }) => verdict),
  ]).toEqual([1, ['passed', 'failed']]);
});

test('plan, a matrix of jobs, merge', async () => {
  const yaml = workflow(
    job({ mode: 'plan' }, 'plan').replace(
      '    steps:',
      '    outputs: { matrix: "${{ steps.goodnet.outputs.matrix }}" }\n    steps:',
    ),
    `
  defend:
    needs: plan
    strategy: { fail-fast: false, matrix: "\${{ fromJSON(needs.plan.outputs.matrix) }}" }
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v7
      - uses: OWNER/goodnet@v1
        env: { ACTIONS_RUNTIME_TOKEN: "e30.\${{ matrix.index == 0 && '${claims('a')}' || '${claims('b')}' }}.x" }
        with: { models: "\${{ matrix.model }}", plan: "\${{ matrix.plan }}", warn-only: true }
  merge:
    needs: [plan, defend]
    if: always()
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v7
      - id: goodnet
        uses: OWNER/goodnet@v1
        with: { mode: merge, matrix: "\${{ needs.plan.outputs.matrix }}" }
${keep('merge')}`,
  );
  const run = await act(repository(yaml), server);
  expect([
    run.code,
    run.outputs['merge']!['verdict'],
    server.artifacts.map(({ name }) => name.replace(/-[0-9a-f]{8}/, '')).sort(),
  ]).toEqual([
    1,
    'failed',
    [
      'goodnet-defend',
      'goodnet-defend',
      'goodnet-defend-report',
      'goodnet-defend-report',
      'goodnet-merge-merged-report',
    ],
  ]);
  expect(run.summary).toContain('Gate not met: 1 of 2 models');
});
const claims = (name: string) =>
  Buffer.from(JSON.stringify({ scp: `Actions.Results:run:${name}` })).toString('base64url');

test("the recipe's shards, word for word: the report of their merge is that of one job", async () => {
  const recipe = readFileSync(path.join(root, 'docs/recipes.md'), 'utf8').split('## One model in several jobs\n')[1]!;
  const yaml = /```yaml\n([\s\S]*?)```/.exec(recipe)![1]!;
  const divided = yaml.replace('shards: 4', 'shards: 2');
  expect(divided).not.toBe(yaml);
  const run = await act(repository(divided), server, 'push');
  expect([run.code, run.log]).toEqual([1, expect.stringMatching(/::set-output:: verdict=failed/)]);
  const bothModels = allPhases.flatMap((phase) => [1, 1, 2, 2].map((shard) => `${phase}-${shard}`));
  expect(countedShards()).toEqual(bothModels);
  await act(repository(workflow(job({}, 'whole'))), server);
  expect(await reportOf('merge')).toBe(await reportOf('whole'));
});

const allPhases = ['rank', 'sweep', 'test'];

/** Phase and shard of each artifact with counts. */
const countedShards = (): string[] =>
  server.artifacts.flatMap(({ name }) => /-(\w+-\d)-[0-9a-f]{16}-counts$/.exec(name)?.[1] ?? []).sort();

/** The report that a job uploaded, but for what tells of one run alone. */
async function reportOf(name: string): Promise<string> {
  const at = await opened(new RegExp(`^goodnet-${name}-.*-report$`));
  const { run: _, ...report } = readJson<Report>(path.join(at, 'report.json'));
  return JSON.stringify(report);
}

/** A checkout of the action's own repository, as the reusable workflow asks for it: the built action in its place. */
function ownCheckout(): string {
  const folder = temporaryFolder();
  writeFileSync(
    path.join(folder, 'action.yml'),
    'name: checkout\ninputs:\n  repository: {}\n  ref: {}\n  path: {}\nruns: { using: node24, main: main.js }\n',
  );
  writeFileSync(
    path.join(folder, 'main.js'),
    `const { env } = process;
if (env.INPUT_REPOSITORY !== 'OWNER/goodnet' || env.INPUT_REF !== '${commit}') throw new Error('another checkout');
require('fs').cpSync(${JSON.stringify(actionCopy)}, require('path').join(env.GITHUB_WORKSPACE, env.INPUT_PATH), { recursive: true });
`,
  );
  return folder;
}
const commit = 'c'.repeat(40);

/** A reusable workflow as it stands. */
const reusable = (name: string): string => readFileSync(path.join(root, '.github/workflows', name), 'utf8');

/** With what act does not tell it: the commit that it is of. */
const told = (text: string): string =>
  text.replaceAll('${{ job.workflow_repository }}', 'OWNER/goodnet').replaceAll('${{ job.workflow_sha }}', commit);

/** A repository that calls the reusable workflow, with these texts of it and of its part. */
function calling(inputs: Record<string, unknown>, matrix: string, phase: string): string {
  const call = { uses: './.github/workflows/matrix.yml', with: inputs };
  const folder = repository(`on: [push, pull_request]\njobs: ${JSON.stringify({ models: call })}\n`);
  writeFileSync(path.join(folder, '.github/workflows/matrix.yml'), matrix);
  writeFileSync(path.join(folder, '.github/workflows/phase.yml'), phase);
  return folder;
}

/** What its checkouts are replaced by. */
const checkout = (): Record<string, string> => {
  const [action] = /actions\/checkout@[0-9a-f]{40}/.exec(reusable('matrix.yml'))!;
  return { [action]: ownCheckout() };
};

test('the reusable workflow, as it stands but for what act does not know: its own commit, and the runtime token of each job', async () => {
  const [matrix, phase] = [reusable('matrix.yml'), reusable('phase.yml')];
  const token = `        env: { ACTIONS_RUNTIME_TOKEN: "e30.\${{ matrix.index == 0 && '${claims('a')}' || '${claims('b')}' }}.x" }\n`;
  const apart = matrix.replace(
    /(      - uses: \.\/\.goodnet-action[^\n]*\n)(        with:\n          models: \$\{\{ matrix\.model)/,
    `$1${token}$2`,
  );
  expect(apart).not.toBe(matrix);
  const inputs = { models: 'examples/badnet.h5\nexamples/resistant.h5', 'comment-summary-in-pr': 'always' };
  const asked = (...workflows: [string, string]) =>
    act(calling(inputs, ...workflows), server, 'pull_request', pullRequest().payload, {}, checkout());
  const run = await asked(told(apart), told(phase));
  expect([run.code, run.log]).toEqual([1, expect.stringMatching(/::set-output:: verdict=failed/)]);
  expect(server.artifacts.map(({ name }) => name.replace(/-[0-9a-f]{8}/, '')).sort()).toEqual([
    'goodnet-defend',
    'goodnet-defend',
    'goodnet-defend-report',
    'goodnet-defend-report',
    'goodnet-merge-merged-report',
  ]);
  expect(server.comments.map(({ body }) => body.includes('Gate not met: 1 of 2 models'))).toEqual([true]);
  const untold = await asked(matrix, phase);
  expect([untold.code, untold.log]).toEqual([
    1,
    expect.stringMatching(/This runner does not tell which commit the workflow is of/),
  ]);
});

test('the reusable workflow with shards: the report of its merge is that of one job', async () => {
  const inputs = { ...passing, shards: 2 };
  const folder = calling(inputs, told(reusable('matrix.yml')), told(reusable('phase.yml')));
  const run = await act(folder, server, 'push', {}, {}, checkout());
  expect([run.code, run.log]).toEqual([0, expect.stringMatching(/::set-output:: verdict=passed/)]);
  expect(countedShards()).toEqual(allPhases.flatMap((phase) => [1, 2].map((shard) => `${phase}-${shard}`)));
  await act(repository(workflow(job(passing, 'whole'))), server);
  expect(await reportOf('merge')).toBe(await reportOf('whole'));
});

test('the comment is created and then updated in place', async () => {
  const inputs = { ...passing, 'comment-summary-in-pr': 'always' };
  await act(repository(workflow(job(inputs))), server, 'pull_request', pullRequest().payload);
  server.artifacts.length = 0;
  await act(repository(workflow(job({ ...inputs, 'max-asr': '15' }))), server, 'pull_request', pullRequest().payload);
  expect([server.comments.length, server.comments[0]!.body.includes('ASR at most 15%')]).toEqual([1, true]);
});

test.each([
  [false, /permissions: pull-requests: write/],
  [true, /workflow_run/],
])('a token that may not write, fork %s: a warning, the verdict stands', async (fork, words) => {
  server.refuse = (method, at) => (at.includes('/comments') && method !== 'GET' ? 403 : null);
  const run = await act(
    repository(workflow(job({ ...passing, 'comment-summary-in-pr': 'always' }))),
    server,
    'pull_request',
    pullRequest(fork).payload,
  );
  expect([run.code, run.log]).toEqual([0, expect.stringMatching(words)]);
  expect(run.log + run.summary).not.toContain('canary-token');
});

test('the artifact service is down: a warning, the verdict stands', async () => {
  const run = await act(
    repository(workflow(job(passing))),
    server,
    'push',
    {},
    { ACTIONS_RESULTS_URL: 'http://127.0.0.1:1' },
  );
  expect([run.code, run.outputs['gate']!['artifact-id'], run.summary.includes('⚠️')]).toEqual([0, '', true]);
});

test.each(['push', 'merge_group', 'workflow_dispatch'])('%s: no comment, no warning', async (event) => {
  const run = await act(
    repository(workflow(job({ ...passing, 'comment-summary-in-pr': 'always' }))),
    server,
    event,
    event === 'merge_group' ? { merge_group: { base_sha: 'b'.repeat(40), head_sha: 'a'.repeat(40) } } : {},
  );
  expect([run.code, server.comments, run.log.includes('::warning')]).toEqual([0, [], false]);
});

test('no limit: refused before any work, with a summary', async () => {
  const run = await act(
    repository(workflow(job({ ...passing, clean: 'examples/clean_valid.h5', 'config-file': 'empty.yml' }))),
    server,
  );
  expect([run.code, server.artifacts, run.summary]).toEqual([1, [], expect.stringContaining('nothing was evaluated')]);
});
