import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { failure } from '../base/errors.ts';
import type { Event } from './event.ts';
import type { Api, Runner } from './runner.ts';

/** A file's path in the repository, however it was spelled; null for one outside. `paths` is the system's. */
export function repositoryPath(
  file: string,
  cwd: string,
  paths: Pick<typeof path, 'resolve' | 'relative' | 'isAbsolute' | 'sep'> = path,
): string | null {
  const relative = paths.relative(cwd, paths.resolve(cwd, file));
  if (relative === '' || relative === '..' || relative.startsWith(`..${paths.sep}`) || paths.isAbsolute(relative))
    return null;
  return relative.split(paths.sep).join('/');
}

/** The path that a file has in its repository, which is checked out in the workspace or in a folder of it; null for one outside. */
export function pathAtBase(file: string, cwd: string): string | null {
  if (repositoryPath(file, cwd) !== null) return repositoryPath(path.resolve(cwd, file), checkoutOf(file, cwd));
  const folder = path.dirname(path.resolve(cwd, file));
  if (!existsSync(folder)) return null;
  const [real, workspace] = [path.join(realpathSync(folder), path.basename(file)), realpathSync(cwd)];
  return repositoryPath(real, workspace) === null ? null : repositoryPath(real, checkoutOf(real, workspace));
}

/** The outermost checkout on the way to a file as it is spelled, so that no link of a pull request leads to another. The workspace where git knows none. */
function checkoutOf(file: string, cwd: string): string {
  const parts = repositoryPath(file, cwd)!.split('/').slice(0, -1);
  const folders = [cwd, ...parts.map((_, i) => path.join(cwd, ...parts.slice(0, i + 1)))];
  return folders.find((folder) => existsSync(path.join(folder, '.git'))) ?? cwd;
}

/** The commit that a proposal is to be merged into. */
export interface Base {
  branch: string | null;
  /** A file as it is there. Throws `base-config` where the commit cannot be asked. */
  read: (file: string) => Promise<AtBase>;
}

/** A file of the base commit, or why there is none: GitHub sends no file over 100 MB. */
export type AtBase = { text: string } | { text: null; missing: 'is not there' | 'is too large' };

/**
 * The base of what the event proposes; null where it proposes nothing. `pull` is the pull request that an input names.
 * Throws `base-unknown` or `base-config`: a proposal is not judged by limits of its own.
 */
export async function baseOf(
  event: Event,
  pull: number | undefined,
  cwd: string,
  runner: Runner,
): Promise<Base | null> {
  if (event.proposal === null) return null;
  const number = event.proposal.pull ?? pull;
  if (event.proposal.base === null && number === undefined) throw failure('base-unknown', event.name);
  const { owner, repo, apiUrl } = event;
  const { sha, branch } =
    event.proposal.base ??
    (await asked(`pull request ${number}`, apiUrl, runner, async ({ pulls }) => {
      const { base } = (await pulls.get({ owner, repo, pull_number: number! })).data;
      return { sha: base.sha, branch: base.ref };
    }));
  const read = async (file: string): Promise<AtBase> => {
    const place = pathAtBase(file, cwd);
    const found =
      place === null ? absent : await asked(file, apiUrl, runner, (rest) => contentOf(place, sha, event, rest));
    if (found.text === null && inSubmodule(path.resolve(cwd, file)))
      throw failure('base-config', file, { cause: 'it lies in a submodule' });
    return found;
  };
  return { branch, read };
}

const absent: AtBase = { text: null, missing: 'is not there' };

async function asked<T>(
  subject: string,
  apiUrl: string,
  runner: Runner,
  question: (rest: Api['rest']) => Promise<T>,
): Promise<T> {
  const token = runner.env['INPUT_REPO-TOKEN']?.trim() ?? '';
  try {
    if (token === '') throw new Error('there is no `repo-token`');
    return await question(runner.api(token, apiUrl).rest);
  } catch (error) {
    const { status } = error as { status?: number };
    throw failure('base-config', subject, {
      cause: status === undefined ? (error instanceof Error ? error.message : 'no answer') : String(status),
    });
  }
}

/** GitHub says "not found" also of what a token may not see, so the commit itself is asked for too. */
async function contentOf(file: string, ref: string, { owner, repo }: Event, { repos }: Api['rest']): Promise<AtBase> {
  try {
    return {
      text: textOf((await repos.getContent({ owner, repo, path: file, ref, mediaType: { format: 'raw' } })).data),
    };
  } catch (error) {
    if (/too[_ ]large/i.test(error instanceof Error ? error.message : ''))
      return { text: null, missing: 'is too large' };
    if ((error as { status?: number }).status !== 404) throw error;
    await repos.getCommit({ owner, repo, ref });
    return absent;
  }
}

/** Of such a file the repository knows only the submodule's commit, which a pull request can move. */
function inSubmodule(file: string): boolean {
  const { stdout } = spawnSync('git', ['-c', 'safe.directory=*', 'rev-parse', '--show-superproject-working-tree'], {
    cwd: path.dirname(file),
    encoding: 'utf8',
  });
  return (stdout ?? '').trim() !== '';
}

function textOf(data: unknown): string {
  if (typeof data === 'string') return data;
  if (data instanceof ArrayBuffer) return new TextDecoder().decode(data);
  throw new Error('it is no file');
}
