import { execFile, execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { GitHubServer } from '../github-server.ts';
import { root } from '../support.ts';
import { temporaryFolder } from '../temporary-folder.ts';

/** The action as it is released. */
export const actionCopy = temporaryFolder();
for (const part of ['dist', 'action.yml', 'package.json'])
  cpSync(path.join(root, part), path.join(actionCopy, part), { recursive: true });

/** What a job left behind. */
export interface ActRun {
  code: number;
  log: string;
  /** Outputs of the step `goodnet` of each job, by the job's name. */
  outputs: Record<string, Record<string, string>>;
  summary: string;
}

/** A new git repository with the examples, a config where the action looks for it, and these workflows. */
export function repository(workflow: string): string {
  const folder = path.join(temporaryFolder(), 'repo');
  mkdirSync(path.join(folder, '.github/workflows'), { recursive: true });
  cpSync(path.join(root, 'examples'), path.join(folder, 'examples'), { recursive: true });
  cpSync(path.join(root, 'examples/goodnet.yml'), path.join(folder, '.github/goodnet.yml'));
  writeFileSync(path.join(folder, '.github/workflows/models.yml'), workflow);
  const git = (...argv: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...argv], {
      cwd: folder,
      stdio: 'ignore',
    });
  git('init', '-b', 'main');
  git('add', '-A');
  git('commit', '-m', 'models');
  git('remote', 'add', 'origin', 'https://github.com/owner/repo');
  return folder;
}

/** One job that runs the action with these inputs and keeps what it gave. */
export const job = (inputs: Record<string, string>, name = 'gate'): string => `
  ${name}:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v7
      - id: goodnet
        uses: OWNER/goodnet@v1
        with: ${JSON.stringify(inputs)}
${keep(name)}`;

/** The step that keeps the outputs, whatever came before it. */
export const keep = (name: string): string => `      - if: always()
        env: { OUTPUTS: "\${{ toJSON(steps.goodnet.outputs) }}" }
        run: printf %s "$OUTPUTS" >"$KEPT/${name}.json"
`;

export const workflow = (...jobs: string[]): string =>
  `on: [push, pull_request, merge_group, workflow_dispatch]\npermissions: {}\njobs:${jobs.join('')}`;

/** Runs the repository's workflow for one event inside act, with the action's built bundle, against the local server. `others` are folders in place of other actions. */
export async function act(
  folder: string,
  server: GitHubServer,
  event = 'push',
  payload: object = {},
  env: Record<string, string> = {},
  others: Record<string, string> = {},
): Promise<ActRun> {
  const place = temporaryFolder();
  mkdirSync(path.join(place, 'kept'));
  writeFileSync(path.join(place, 'event.json'), JSON.stringify(payload));
  const variables = {
    ...server.environment(),
    GITHUB_GRAPHQL_URL: `${server.url}/graphql`,
    KEPT: path.join(place, 'kept'),
    ...env,
  };
  const argv = [
    event,
    '-P',
    'ubuntu-latest=-self-hosted',
    '-e',
    path.join(place, 'event.json'),
    '-s',
    'GITHUB_TOKEN=canary-token',
    '--no-cache-server',
    ...Object.entries({ 'OWNER/goodnet@v1': actionCopy, ...others }).flatMap(([action, copy]) => [
      '--local-repository',
      `${action}=${copy}`,
    ]),
    ...Object.entries(variables).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
  ];
  // act empties the summary before each step, so this node keeps it after the action's. A shell would lose variables with a dash in their name.
  writeFileSync(
    path.join(place, 'node'),
    `#!${process.env['ACT_NODE'] ?? process.execPath}
const { status } = require('child_process').spawnSync(process.execPath, process.argv.slice(2), { stdio: 'inherit' });
require('fs').appendFileSync(process.env.KEPT + '/summary.md', require('fs').readFileSync(process.env.GITHUB_STEP_SUMMARY));
process.exitCode = status ?? 1;
`,
    { mode: 0o755 },
  );
  const around = { ...process.env, XDG_CACHE_HOME: path.join(place, 'cache'), PATH: `${place}:${process.env['PATH']}` };
  const { code, log } = await new Promise<{ code: number; log: string }>((resolve) => {
    execFile(
      process.env['ACT'] ?? 'act',
      argv,
      { cwd: folder, env: around, maxBuffer: 1 << 28 },
      (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : -1, log: stdout + stderr });
      },
    );
  });
  const kept = (name: string) =>
    existsSync(path.join(place, 'kept', name)) ? readFileSync(path.join(place, 'kept', name), 'utf8') : '';
  const names = [
    ...readFileSync(path.join(folder, '.github/workflows/models.yml'), 'utf8').matchAll(/\$KEPT\/([\w-]+)\.json/g),
  ].map((match) => match[1]!);
  return {
    code,
    log,
    outputs: Object.fromEntries(
      names.map((name) => [name, JSON.parse(kept(`${name}.json`) || '{}') as Record<string, string>]),
    ),
    summary: kept('summary.md'),
  };
}
