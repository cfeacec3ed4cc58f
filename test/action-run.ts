import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DefaultArtifactClient } from '@actions/artifact';
import { vi } from 'vitest';
import { main } from '../src/github/main.ts';
import { actionsRunner } from '../src/github/runner.ts';
import type { World } from '../src/jobs/world.ts';
import type { GitHubServer } from './github-server.ts';
import { fixtures, root, testWorld } from './support.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** One run of the action: what it printed, its outputs, its summary. */
export interface ActionRun {
  code: number;
  log: string;
  outputs: Record<string, string>;
  summary: string;
  /** Annotations in the log, as `level: message`. */
  annotations: string[];
}

export const exampleConfig = readFileSync(path.join(root, 'examples/goodnet.yml'), 'utf8');

/** A fresh workspace that holds the examples, with the config where the action looks for it. */
export function workspace(config: string | null = exampleConfig): string {
  const folder = path.join(temporaryFolder(), 'work');
  cpSync(path.join(root, 'examples'), path.join(folder, 'examples'), { recursive: true });
  mkdirSync(path.join(folder, '.github'));
  if (config !== null) writeFileSync(path.join(folder, '.github/goodnet.yml'), config);
  return folder;
}

/** A workspace with smaller nets and fewer images under the examples' names, which come to the same verdicts in a third of the time. */
export function smallWorkspace(config?: string | null): string {
  const folder = workspace(config);
  cpSync(path.join(fixtures, 'small'), path.join(folder, 'examples'), { recursive: true });
  return folder;
}

/** What a test may set of a run. */
export interface Setting {
  inputs?: Record<string, string>;
  event?: { name: string; payload: object };
  env?: Record<string, string>;
  world?: Partial<World>;
}

/** Runs the action in this process as a runner would: inputs and facts as variables, outputs and summary in files, commands on stdout. It computes on one thread unless told otherwise. */
export async function runAction(
  folder: string,
  server: GitHubServer | null,
  { inputs = {}, event = { name: 'push', payload: {} }, env = {}, world = {} }: Setting = {},
): Promise<ActionRun> {
  const runner = path.join(folder, '..', 'runner');
  mkdirSync(runner, { recursive: true });
  const file = (name: string, content = ''): string => {
    writeFileSync(path.join(runner, name), content);
    return path.join(runner, name);
  };
  const variables: Record<string, string> = {
    GITHUB_WORKSPACE: folder,
    RUNNER_TEMP: runner,
    GITHUB_OUTPUT: file('output'),
    GITHUB_STEP_SUMMARY: file('summary'),
    GITHUB_EVENT_PATH: file('event.json', JSON.stringify(event.payload)),
    GITHUB_EVENT_NAME: event.name,
    GITHUB_REPOSITORY: 'owner/repo',
    GITHUB_RUN_ID: '77',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_JOB: 'gate',
    GITHUB_WORKFLOW: 'models',
    GITHUB_ACTION: '__self',
    GITHUB_SERVER_URL: 'https://github.com',
    'INPUT_REPO-TOKEN': 'canary-token',
    ...(server?.environment() ?? {}),
    ...Object.fromEntries(
      Object.entries({ workers: '1', ...inputs }).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
    ),
    ...env,
  };
  for (const name of ['ACTIONS_RUNTIME_TOKEN', 'ACTIONS_RESULTS_URL', 'GITHUB_API_URL']) vi.stubEnv(name, undefined);
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  let log = '';
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    log += String(chunk);
    return true;
  });
  try {
    const code = await main(actionsRunner({ ...process.env }), { ...testWorld(folder), ...world });
    const annotations = [...log.matchAll(/^::(error|warning)[^\n]*?::(.*)$/gm)].map(
      (match) => `${match[1]}: ${match[2]!.replaceAll('%25', '%')}`,
    );
    return {
      code,
      log,
      outputs: readOutputs(readFileSync(path.join(runner, 'output'), 'utf8')),
      summary: readFileSync(path.join(runner, 'summary'), 'utf8'),
      annotations,
    };
  } finally {
    write.mockRestore();
    vi.unstubAllEnvs();
  }
}

function readOutputs(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/^([\w-]+)<<(\S+)\r?\n([\s\S]*?)\r?\n?\2$/gm)].map((match) => [match[1]!, match[3]!]),
  );
}

/** The event of a pull request, from a fork or from a branch of the same repository. */
export const pullRequest = (fork = false, base = 'b'.repeat(40)): NonNullable<Setting['event']> => ({
  name: 'pull_request',
  payload: {
    pull_request: {
      number: 7,
      base: { sha: base, ref: 'main', repo: { full_name: 'owner/repo' } },
      head: { sha: 'a'.repeat(40), repo: { full_name: fork ? 'other/repo' : 'owner/repo' } },
    },
  },
});

/** Uploads a file of this text as an artifact, and answers its number. */
export const uploadFile = (server: GitHubServer, name: string, base: string, text: string): Promise<number> =>
  uploadFiles(server, name, { [base]: text });

/** Uploads files of these texts as one artifact, and answers its number. */
export async function uploadFiles(server: GitHubServer, name: string, texts: Record<string, string>): Promise<number> {
  const folder = temporaryFolder();
  const files = Object.entries(texts).map(([base, text]) => {
    const file = path.join(folder, base);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  });
  return (await asClient(server, (client) => client.uploadArtifact(name, files, folder))).id!;
}

/** Fetches and opens an uploaded artifact as a later job would, in a folder that may hold others already. */
export async function openArtifact(server: GitHubServer, name: RegExp, folder = temporaryFolder()): Promise<string> {
  await asClient(server, (client) =>
    client.downloadArtifact(server.artifacts.find((artifact) => name.test(artifact.name))!.id, { path: folder }),
  );
  return folder;
}

async function asClient<T>(server: GitHubServer, action: (client: DefaultArtifactClient) => Promise<T>): Promise<T> {
  for (const [key, value] of Object.entries(server.environment())) vi.stubEnv(key, value);
  const quiet = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    return await action(new DefaultArtifactClient());
  } finally {
    quiet.mockRestore();
    vi.unstubAllEnvs();
  }
}
