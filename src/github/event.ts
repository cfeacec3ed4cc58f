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
const object = (value: unknown): Json =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
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
    proposal: proposal(name, payload, env['GITHUB_REF'] ?? ''),
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
  const pull =
    object(payload?.['pull_request']) ??
    (object(object(payload?.['issue'])?.['pull_request']) && object(payload?.['issue']));
  if (typeof pull?.['number'] !== 'number') return null;
  const [base, head] = [object(pull['base']), object(pull['head'])];
  const [from, to] = [head, base].map((side) => string(object(side?.['repo'])?.['full_name']));
  return { number: pull['number'], fork: head !== null && from !== to };
}

const number = (value: unknown): number | null => (typeof value === 'number' ? value : null);
const commit = (sha: unknown, ref: unknown): BaseCommit | null =>
  string(sha) === null ? null : { sha: string(sha)!, branch: string(ref)?.replace(/^refs\/heads\//, '') ?? null };
const told = (pull: Json): NonNullable<Event['proposal']> => ({
  base: commit(object(pull?.['base'])?.['sha'], object(pull?.['base'])?.['ref']),
  pull: number(pull?.['number']),
});

const unknown: NonNullable<Event['proposal']> = { base: null, pull: null };

/** A comment on a pull request names its number alone. */
function proposal(name: string, payload: Json, ref: string): Event['proposal'] {
  const [issue, group] = [object(payload?.['issue']), object(payload?.['merge_group'])];
  if (name.startsWith('pull_request') || object(payload?.['pull_request']) !== null)
    return told(object(payload?.['pull_request']));
  if (name === 'merge_group') return { base: commit(group?.['base_sha'], group?.['base_ref']), pull: null };
  if (object(issue?.['pull_request']) !== null) return told(issue);
  return name in behind ? behind[name]!(payload, ref) : null;
}

/** Events that set off a run, and are about no proposal. */
const ownEvents = ['push', 'schedule', 'workflow_dispatch', 'repository_dispatch', 'release', 'create'];

/** What is proposed by way of events that follow others: where they do not say that it is the repository's own, it may be a pull request. */
const behind: Record<string, (payload: Json, ref: string) => Event['proposal']> = {
  workflow_run: (payload) => {
    const run = object(payload?.['workflow_run']);
    return ownEvents.includes(string(run?.['event']) ?? '') ? null : amongPulls(run, payload);
  },
  check_suite: (payload) => ofChecks(object(payload?.['check_suite']), payload),
  check_run: (payload) => ofChecks(object(object(payload?.['check_run'])?.['check_suite']), payload),
  status: (payload) =>
    list(payload?.['branches']).some((branch) => isDefault(branch?.['name'], payload)) ? null : unknown,
  deployment: ofRef,
  deployment_status: ofRef,
};

/** Checks of a fork's commit name no branch. */
const ofChecks = (suite: Json, payload: Json): Event['proposal'] =>
  list(suite?.['pull_requests']).length === 0 && isDefault(suite?.['head_branch'], payload)
    ? null
    : amongPulls(suite, payload);

function ofRef(payload: Json, ref: string): Event['proposal'] {
  return ref.startsWith('refs/tags/') || isDefault(ref.replace(/^refs\/heads\//, ''), payload) ? null : unknown;
}

/** GitHub lists the pull requests of a run or of checks unless they come from a fork. */
function amongPulls(from: Json, payload: Json): NonNullable<Event['proposal']> {
  const own = object(payload?.['repository'])?.['id'];
  const pulls = list(from?.['pull_requests']).filter(
    (pull) => object(object(pull?.['base'])?.['repo'])?.['id'] === own,
  );
  return pulls.length === 1 ? told(pulls[0]) : unknown;
}

const list = (value: unknown): Json[] => (Array.isArray(value) ? value.map(object) : []);
const isDefault = (branch: unknown, payload: Json): boolean =>
  string(branch) !== null && branch === object(payload?.['repository'])?.['default_branch'];

const noCommit = /^0+$/;

function range(payload: Json): Event['range'] {
  const [pull, group] = [object(payload?.['pull_request']), object(payload?.['merge_group'])];
  const pairs = [
    [object(pull?.['base'])?.['sha'], object(pull?.['head'])?.['sha']],
    [group?.['base_sha'], group?.['head_sha']],
    [payload?.['before'], payload?.['after']],
  ].map(([base, head]) => ({ base: string(base), head: string(head) }));
  const found = pairs.find(
    ({ base, head }) => base !== null && head !== null && !noCommit.test(base) && !noCommit.test(head),
  );
  return found === undefined ? null : { base: found.base!, head: found.head! };
}
