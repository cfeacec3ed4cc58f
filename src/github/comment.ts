import { createHash } from 'node:crypto';
import { firstLine } from '../base/errors.ts';
import type { Report } from '../report/record/report.ts';
import type { Scan } from '../report/record/scan.ts';
import { fitting } from '../report/run-summary.ts';
import type { Event } from './event.ts';
import type { Inputs } from './inputs.ts';
import type { Api, Runner } from './runner.ts';

/** A comment holds 65,536 characters, marker included. */
const longest = 60_000;

/** The comment's text without marker and footer. */
export function commentOf(report: Report, notes: readonly string[] = [], scan: Scan | null = null): string {
  return fitting(report, { notes, scan }, ['chart', 'table', 'line'], (text) => text.length <= longest);
}

/** A comment that did not come to be, in words that name the fix. */
export interface CommentProblem {
  problem: string;
}

/** Writes, renews or leaves the one comment with this key; `renew` writes none where there is none yet. Never throws: the verdict does not hang on it. */
export async function comment(
  content: string,
  only: 'renew' | 'write',
  { action: inputs, settings }: Inputs,
  event: Event,
  runner: Runner,
): Promise<CommentProblem | null> {
  const when = inputs['comment-summary-in-pr'];
  if (when === 'never') return null;
  const number = inputs['pr-number'] ?? event.pullRequest?.number;
  if (number === undefined) {
    runner.log(`No comment: the event ${event.name} is about no pull request. Set pr-number to name one.`);
    return null;
  }
  if (inputs['repo-token'] === undefined) return { problem: 'No comment was written: there is no `repo-token`.' };
  try {
    const marker = markerOf(inputs['comment-key'] ?? usualKey(inputs['config-file'], settings.models, runner));
    const api = runner.api(inputs['repo-token'], event.apiUrl);
    const done = await stick(
      api,
      { owner: event.owner, repo: event.repo, number },
      `${marker}\n${content}`,
      footer(event, runner),
      marker,
      only === 'renew',
    );
    runner.log(`Comment on pull request ${number}: ${done}.`);
    return null;
  } catch (error) {
    return { problem: reason(error, event) };
  }
}

/** Jobs of one matrix share their names; what they are told to evaluate differs. */
const usualKey = (config: string | undefined, models: readonly string[] | undefined, { env }: Runner): string =>
  [
    env['GITHUB_WORKFLOW'] ?? '',
    env['GITHUB_JOB'] ?? '',
    ...(config === undefined && models === undefined ? [] : [config ?? '', ...(models ?? [])]),
  ].join('\n');

interface Place {
  owner: string;
  repo: string;
  number: number;
}

/** Ours is the comment that bears the marker AND was written by us: anybody can write a marker. */
async function stick(
  api: Api,
  { owner, repo, number }: Place,
  body: string,
  end: string,
  marker: string,
  onlyRenew: boolean,
): Promise<string> {
  const author = await viewer(api);
  for await (const { data } of api.paginate.iterator(api.rest.issues.listComments, {
    owner,
    repo,
    issue_number: number,
    per_page: 100,
  })) {
    const ours = data.find((other) => other.user?.login === author && (other.body ?? '').startsWith(marker));
    if (ours === undefined) continue;
    if (ours.body!.replaceAll('\r\n', '\n').startsWith(`${body}\n`)) return 'unchanged';
    await api.rest.issues.updateComment({ owner, repo, comment_id: ours.id, body: `${body}\n${end}` });
    return 'updated';
  }
  if (onlyRenew) return 'none needed';
  await api.rest.issues.createComment({ owner, repo, issue_number: number, body: `${body}\n${end}` });
  return 'created';
}

/** The login that the token acts as. Tokens of a job cannot ask for it over REST; where they cannot over GraphQL either, it is the usual one. */
async function viewer(api: Api): Promise<string> {
  try {
    return (await api.graphql<{ viewer: { login: string } }>('{ viewer { login } }')).viewer.login;
  } catch {
    return 'github-actions[bot]';
  }
}

/** A key of any characters gives a marker that cannot end before its end. */
export const markerOf = (key: string): string =>
  `<!-- goodnet ${createHash('sha256').update(key).digest('hex').slice(0, 16)} -->`;

const footer = (event: Event, runner: Runner): string =>
  `<sub>[this run](${event.runUrl})${runner.env['GITHUB_RUN_ATTEMPT'] === undefined ? '' : `, attempt ${runner.env['GITHUB_RUN_ATTEMPT']}`}</sub>`;

function reason(error: unknown, event: Event): string {
  const status = (error as { status?: unknown }).status;
  if (status === 401) return 'No comment was written (401): `repo-token` is not valid.';
  if (status === 403 || status === 404) {
    const fix = event.pullRequest?.fork
      ? 'A pull request from a fork gets a read-only token: comment from a second workflow on `workflow_run`, as docs/recipes.md shows.'
      : 'Give the job `permissions: pull-requests: write`.';
    return `No comment was written (${status}, Resource not accessible by integration). ${fix}`;
  }
  const words = firstLine(error);
  return `No comment was written: ${typeof status === 'number' ? `${status}, ` : ''}${words}`;
}
