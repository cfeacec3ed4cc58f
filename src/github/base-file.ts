import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { failure } from '../errors.ts';
import type { Event } from './event.ts';
import type { Runner } from './runner.ts';

/** A file's path in the repository, however it was spelled; null for one outside. `paths` is the system's. */
export function repositoryPath(file: string, cwd: string, paths: Pick<typeof path, 'resolve' | 'relative' | 'isAbsolute' | 'sep'> = path): string | null {
  const relative = paths.relative(cwd, paths.resolve(cwd, file));
  if (relative === '' || relative === '..' || relative.startsWith(`..${paths.sep}`) || paths.isAbsolute(relative)) return null;
  return relative.split(paths.sep).join('/');
}

/** As `repositoryPath`, also where the workspace is reached by a link. */
export function pathAtBase(file: string, cwd: string): string | null {
  const folder = path.dirname(path.resolve(cwd, file));
  return repositoryPath(file, cwd) ?? (existsSync(folder) ? repositoryPath(path.join(realpathSync(folder), path.basename(file)), realpathSync(cwd)) : null);
}

/** Whether the event is a pull request's, whose files are not the base's. Throws `base-config` where its base is not told. */
export function hasBase(event: Event): event is Event & { pullRequest: NonNullable<Event['pullRequest']> } {
  if (event.pullRequest !== null && event.pullRequest.base !== '') return true;
  if (!event.name.startsWith('pull_request')) return false;
  throw failure('base-config', event.name, { cause: 'the event does not name its base commit' });
}

/** A file of the base commit, or why there is none: GitHub sends no file over 100 MB. */
export type AtBase = { text: string } | { text: null; missing: 'is not there' | 'is too large' };

/**
 * The text of a file at a pull request's base commit, if that commit has it.
 * GitHub says "not found" also of what a token may not see, so the commit itself is asked for too. Throws `base-config`.
 */
export async function readAtBase(file: string, ref: string, { owner, repo, apiUrl }: Event, runner: Runner): Promise<AtBase> {
  const token = runner.env['INPUT_REPO-TOKEN']?.trim() ?? '';
  try {
    if (token === '') throw new Error('there is no `repo-token`');
    const { repos } = runner.api(token, apiUrl).rest;
    try {
      return { text: textOf((await repos.getContent({ owner, repo, path: file, ref, mediaType: { format: 'raw' } })).data) };
    } catch (error) {
      if (/too[_ ]large/i.test(error instanceof Error ? error.message : '')) return { text: null, missing: 'is too large' };
      if ((error as { status?: number }).status !== 404) throw error;
      await repos.getCommit({ owner, repo, ref });
      return { text: null, missing: 'is not there' };
    }
  } catch (error) {
    const { status } = error as { status?: number };
    throw failure('base-config', file, { cause: status === undefined ? (error instanceof Error ? error.message : 'no answer') : String(status) });
  }
}

function textOf(data: unknown): string {
  if (typeof data === 'string') return data;
  if (data instanceof ArrayBuffer) return new TextDecoder().decode(data);
  throw new Error('it is no file');
}
