import { readFileSync } from 'node:fs';

/** What the job runs on behalf of. */
export interface Event {
  name: string;
  owner: string;
  repo: string;
  /** The pull request that the event is about; null where there is none. */
  pullRequest: { number: number; fork: boolean } | null;
  /** What somebody wants merged: its base and pull request, as far as the event tells. Null where the event is about the repository's own files. */
  proposal: { base: BaseCommit | null; pull: number | null } | null;
  defaultBranch: string | null;
  /** Commits before and after, where the event tells; base and head of a pull request or merge group. */
  range: { base: string; head: string } | null;
  apiUrl: string;
  /** Address of the run's page. */
  runUrl: string;
}

/** A commit and the branch that it is the head of. */
export interface BaseCommit {
  sha: string;
  branch: string | null;
}

type Json = Record<string, unknown> | null | undefined;
const object = (value: unknown): Json => (typeof value === 'object' && value !== null ? value as Record<string, unknown> : null);
const string = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** Reads the runner's variables and the event's payload. What is missing or misshapen counts as unknown. */
export function readEvent(env: Readonly<Record<string, string | undefined>>): Event {
  const payload = readPayload(env['GITHUB_EVENT_PATH']);
  const name = env['GITHUB_EVENT_NAME'] ?? '';
  const [owner = '', repo = ''] = (env['GITHUB_REPOSITORY'] ?? '').split('/');
  const server = env['GITHUB_SERVER_URL'] ?? 'https://github.com';
  return {
    name,
    owner,
    repo,
    pullRequest: pullRequest(payload),
    proposal: proposal(name, payload),
    defaultBranch: string(object(payload?.['repository'])?.['default_branch']),
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
  return { number: pull['number'], fork: head !== null && from !== to };
}

const number = (value: unknown): number | null => (typeof value === 'number' ? value : null);
const commit = (sha: unknown, ref: unknown): BaseCommit | null => (string(sha) === null ? null : { sha: string(sha)!, branch: string(ref)?.replace(/^refs\/heads\//, '') ?? null });
const told = (pull: Json): Event['proposal'] => ({ base: commit(object(pull?.['base'])?.['sha'], object(pull?.['base'])?.['ref']), pull: number(pull?.['number']) });

/** A comment on a pull request names its number alone; of a run that another workflow's run set off, GitHub tells the pull requests unless they come from a fork. */
function proposal(name: string, payload: Json): Event['proposal'] {
  const [issue, run, group] = [object(payload?.['issue']), object(payload?.['workflow_run']), object(payload?.['merge_group'])];
  if (name.startsWith('pull_request') || object(payload?.['pull_request']) !== null) return told(object(payload?.['pull_request']));
  if (name === 'merge_group') return { base: commit(group?.['base_sha'], group?.['base_ref']), pull: null };
  if (object(issue?.['pull_request']) !== null) return told(issue);
  if (!/^(pull_request|merge_group)/.test(string(run?.['event']) ?? '')) return null;
  const own = object(payload?.['repository'])?.['id'];
  const pulls = (Array.isArray(run?.['pull_requests']) ? run['pull_requests'] : []).map(object).filter((pull) => object(object(pull?.['base'])?.['repo'])?.['id'] === own);
  return pulls.length === 1 ? told(pulls[0]) : { base: null, pull: null };
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
