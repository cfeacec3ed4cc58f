import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import type { Config } from '../settings/config.ts';
import { sharedFiles } from '../settings/file-settings.ts';
import { code } from '../report/escape.ts';
import { repositoryPath } from './base-file.ts';
import type { Event } from './event.ts';
import { usualConfig } from './settings.ts';
import type { Fence } from './paths.ts';
import type { Api, Runner } from './runner.ts';

/** The models that a pull request or push touched, or why that cannot be told: then all of them. */
export interface Selection {
  models: string[];
  /** What the reader should know of the choice. */
  note: string;
}

/**
 * Keeps the models whose own file changed; all of them where the architecture, data, baseline, config or workflow did, or where nobody can tell.
 * Files are compared by their path in the repository, so it must be checked out in the workspace itself.
 */
export async function changedModels(
  models: string[],
  config: Config,
  named: string | undefined,
  event: Event,
  runner: Runner,
  fence: Fence,
): Promise<Selection> {
  const everything = (why: string): Selection => ({ models, note: `All models are evaluated: ${why}.` });
  if (!existsSync(path.join(fence.cwd, '.git'))) return everything('the workspace is no checkout of the repository');
  const data = sharedFiles(config).filter((file) => existsSync(path.resolve(fence.cwd, file)));
  if (!asCommitted([...models, ...data], fence.cwd)) return everything('not every file is there as it was committed');
  const changed = await changedFiles(event, runner);
  if (typeof changed === 'string') return everything(changed);
  const automation = [...changed].find((other) => decidesAll.test(other));
  if (automation !== undefined) return everything(`${code(automation)} changed`);
  const touched = (file: string): boolean =>
    namesOf(file, fence.cwd).some((name) =>
      [...changed].some((other) => other === name || other.startsWith(`${name}/`) || name.startsWith(`${other}/`)),
    );
  const workflow = /^[^/]+\/[^/]+\/(.+?\.ya?ml)@/.exec(runner.env['GITHUB_WORKFLOW_REF'] ?? '')?.[1];
  const shared = [workflow, named ?? usualConfig, ...sharedFiles(config)];
  const cause = shared.find((file) => file !== undefined && touched(file));
  if (cause !== undefined) return everything(`${code(cause)} changed`);
  const kept = models.filter((model) => !existsSync(path.resolve(fence.cwd, model)) || touched(model));
  return {
    models: kept,
    note:
      kept.length === models.length
        ? ''
        : `${kept.length} of ${models.length} models are evaluated: the others did not change.`,
  };
}

/** Files that decide what is run, and as which bytes other files are checked out. */
const decidesAll = /^\.github\/(workflows|actions)\/|(^|\/)\.gitattributes$/;

/** A file's path in the repository, those of the links on the way to it, and that of the file that it leads to. */
function namesOf(file: string, cwd: string): string[] {
  const names = new Set<string>();
  const follow = (full: string, left: number): void => {
    const name = repositoryPath(full, cwd);
    if (name === null || left === 0) return;
    names.add(name);
    const parts = name.split('/');
    for (const i of parts.keys()) {
      const step = path.join(cwd, ...parts.slice(0, i + 1));
      if (lstatSync(step, { throwIfNoEntry: false })?.isSymbolicLink() !== true) continue;
      names.add(parts.slice(0, i + 1).join('/'));
      follow(path.resolve(path.dirname(step), readlinkSync(step), ...parts.slice(i + 1)), left - 1);
      return;
    }
  };
  follow(path.resolve(cwd, file), mostLinks);
  return [...names];
}

/** Links that are followed one after the other, as many as Linux does. */
const mostLinks = 40;

/** Whether git knows these files and folders, and finds them as they were committed: what a step fetched or made cannot be told from a list of changes. */
function asCommitted(files: readonly string[], cwd: string): boolean {
  const { status, stdout } = spawnSync(
    'git',
    ['--literal-pathspecs', 'status', '--porcelain', '--ignored', '--untracked-files=all', '-z', '--', ...files],
    { cwd, encoding: 'utf8' },
  );
  return status === 0 && stdout === '';
}

/** GitHub lists no more files of a pull request, and none but the first 300 of a comparison. */
const mostOfPull = 3000,
  mostOfComparison = 300;

/** The paths that the event touched, old names too; in words, why they cannot be told. */
async function changedFiles(event: Event, runner: Runner): Promise<Set<string> | string> {
  const token = runner.env['INPUT_REPO-TOKEN']?.trim() ?? '';
  if (token === '') return 'there is no `repo-token` to ask what changed';
  const target = event.name.startsWith('pull_request') ? event.pullRequest?.number : event.range;
  if (target === undefined || target === null) return `the event ${event.name} does not tell what changed`;
  try {
    const api = runner.api(token, event.apiUrl);
    const files = typeof target === 'number' ? await ofPull(api, event, target) : await ofRange(api, event, target);
    if (files === null) return 'the commits before and after do not follow each other';
    if (files.length >= (typeof target === 'number' ? mostOfPull : mostOfComparison))
      return 'more files changed than GitHub lists';
    return new Set(
      files.flatMap((file) => [
        file.filename,
        ...(file.previous_filename === undefined ? [] : [file.previous_filename]),
      ]),
    );
  } catch (error) {
    const { status } = error as { status?: number };
    return `what changed could not be asked (${status ?? (error instanceof Error ? code(error.message) : 'no answer')})`;
  }
}

interface ChangedFile {
  filename: string;
  previous_filename?: string | undefined;
}

const ofPull = (api: Api, { owner, repo }: Event, number: number): Promise<ChangedFile[]> =>
  api.paginate(api.rest.pulls.listFiles, { owner, repo, pull_number: number, per_page: 100 });

/** Null after a forced push and the like: a comparison lists what changed since the common ancestor, not what the branch lost. */
async function ofRange(
  api: Api,
  { owner, repo }: Event,
  { base, head }: { base: string; head: string },
): Promise<ChangedFile[] | null> {
  const { data } = await api.rest.repos.compareCommitsWithBasehead({ owner, repo, basehead: `${base}...${head}` });
  return data.status === 'ahead' ? (data.files ?? []) : null;
}
