import { readFileSync } from 'node:fs';

/** What the job runs on behalf of. */
export interface Event {
  name: string;
  owner: string;
  repo: string;
  /** The pull request that the event is about; null where there is none. */
  pullRequest: { number: number; base: string; fork: boolean } | null;
  /** Commits before and after, where the event tells; base and head of a pull request or merge group. */
  range: { base: string; head: string } | null;
  apiUrl: string;
  /** Address of the run's page. */
  runUrl: string;
}

type Json = Record<string, unknown> | null | undefined;
const object = (value: unknown): Json => (typeof value === 'object' && value !== null ? value as Record<string, unknown> : null);
const string = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** Reads the runner's variables and the event's payload. What is missing or misshapen counts as unknown. */
export function readEvent(env: Readonly<Record<string, string | undefined>>): Event {
  const payload = readPayload(env['GITHUB_EVENT_PATH']);
  const [owner = '', repo = ''] = (env['GITHUB_REPOSITORY'] ?? '').split('/');
  const server = env['GITHUB_SERVER_URL'] ?? 'https://github.com';
  return {
    name: env['GITHUB_EVENT_NAME'] ?? '',
    owner,
    repo,
    pullRequest: pullRequest(payload),
    range: range(payload),
    apiUrl: env['GITHUB_API_URL'] ?? 'https://api.github.com',
    runUrl: `${server}/${owner}/${repo}/actions/runs/${env['GITHUB_RUN_ID'] ?? ''}`,
  };
}

function readPayload(path: string | undefined): Json {
  try {
    return object(JSON.parse(readFileSync(path ?? '', 'utf8')));
  } catch {
    return null;
  }
}

function pullRequest(payload: Json): Event['pullRequest'] {
  const pull = object(payload?.['pull_request']) ?? (object(object(payload?.['issue'])?.['pull_request']) && object(payload?.['issue']));
  if (typeof pull?.['number'] !== 'number') return null;
  const [base, head] = [object(pull['base']), object(pull['head'])];
  const [from, to] = [head, base].map((side) => string(object(side?.['repo'])?.['full_name']));
  return { number: pull['number'], base: string(base?.['sha']) ?? '', fork: head !== null && from !== to };
}

const noCommit = /^0+$/;

function range(payload: Json): Event['range'] {
  const [pull, group] = [object(payload?.['pull_request']), object(payload?.['merge_group'])];
  const pairs = [
    [object(pull?.['base'])?.['sha'], object(pull?.['head'])?.['sha']], [group?.['base_sha'], group?.['head_sha']], [payload?.['before'], payload?.['after']],
  ].map(([base, head]) => ({ base: string(base), head: string(head) }));
  const found = pairs.find(({ base, head }) => base !== null && head !== null && !noCommit.test(base) && !noCommit.test(head));
  return found === undefined ? null : { base: found.base!, head: found.head! };
}
