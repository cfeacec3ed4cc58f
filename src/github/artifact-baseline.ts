import { failure, firstLine, GoodnetError } from '../base/errors.ts';
import { limits } from '../base/limits.ts';
import { openZip } from '../formats/archive.ts';
import { noBaseline } from '../report/record/baseline.ts';
import { code } from '../report/escape.ts';
import { parseBaseline } from '../report/record/read-report.ts';
import type { JudgingBaseline } from './base-baseline.ts';
import type { Event } from './event.ts';
import { ownReport } from './fetch-reports.ts';
import type { Api, Runner } from './runner.ts';

/** Runs of these events work on the branch's own files; a run for a pull request or a comment can bear the branch's name and a stranger's report. */
const ownEvents = ['push', 'schedule', 'workflow_dispatch'];
/** Runs that are asked for the artifact, the newest first. */
const mostRuns = 20;

/**
 * The report in an artifact of the newest successful run of this workflow on a branch that has it. Where no run has, nothing is comparable.
 * Throws `baseline-artifact` where GitHub cannot be asked or the artifact holds no report.
 */
export async function artifactBaseline(
  name: string,
  branch: string | null,
  event: Event,
  runner: Runner,
): Promise<JudgingBaseline> {
  const token = runner.env['INPUT_REPO-TOKEN']?.trim() ?? '';
  const refuse = (cause: string) => failure('baseline-artifact', name, { cause });
  if (token === '') throw refuse('there is no `repo-token`');
  if (branch === null) throw refuse('the event does not name its base branch');
  try {
    const { actions } = runner.api(token, event.apiUrl).rest;
    const found = await newest(name, branch, event, runner, actions);
    if (found === null)
      return {
        baseline: noBaseline,
        notes: [`Nothing is comparable: no run of ${code(branch)} has the artifact ${code(name)}.`],
      };
    const zip = (
      await actions.downloadArtifact({
        owner: event.owner,
        repo: event.repo,
        artifact_id: found.id,
        archive_format: 'zip',
      })
    ).data as ArrayBuffer;
    const archive = openZip(name, new Uint8Array(zip));
    const bytes = (archive.sizes.get(file) ?? Infinity) > limits.reportBytes ? null : archive.bytes(file);
    if (bytes === null || ownReport([bytes], name) === null) throw refuse('it holds no report of goodnet');
    return {
      baseline: parseBaseline(bytes, name),
      notes: [
        `Compared with ${code(name)} of [run ${found.run}](${event.runUrl.replace(/[^/]*$/, String(found.run))}) on ${code(branch)}.`,
      ],
    };
  } catch (error) {
    if (error instanceof GoodnetError) throw error;
    const { status } = error as { status?: number };
    throw refuse(status === undefined ? firstLine(error) : String(status));
  }
}

const file = 'report.json';

/** The artifact's number and its run's. */
async function newest(
  name: string,
  branch: string,
  { owner, repo }: Event,
  { env }: Runner,
  actions: Api['rest']['actions'],
): Promise<{ id: number; run: number } | null> {
  const workflow = /([^/]+\.ya?ml)@/.exec(env['GITHUB_WORKFLOW_REF'] ?? '')?.[1];
  if (workflow === undefined) throw new Error('the workflow is not named');
  const { data } = await actions.listWorkflowRuns({
    owner,
    repo,
    workflow_id: workflow,
    branch,
    status: 'success',
    per_page: 100,
  });
  const own = data.workflow_runs.filter(
    (run) =>
      ownEvents.includes(run.event) &&
      run.head_branch === branch &&
      (run.head_repository as { full_name?: string } | null)?.full_name === `${owner}/${repo}`,
  );
  for (const { id: run } of own.slice(0, mostRuns)) {
    const { artifacts } = (await actions.listWorkflowRunArtifacts({ owner, repo, run_id: run, name })).data;
    const [kept] = artifacts
      .filter((artifact) => artifact.name === name && !artifact.expired)
      .sort((a, b) => b.id - a.id);
    if (kept !== undefined) return { id: kept.id, run };
  }
  return null;
}
