import { spawnSync } from 'node:child_process';
import path from 'node:path';
import type { ResolvedConfig } from '../settings/resolve-config.ts';
import { code } from '../report/escape.ts';
import { type Baseline, noBaseline } from '../report/record/baseline.ts';
import { parseBaseline, readBaseline } from '../report/record/read-report.ts';
import { type Base, pathAtBase } from './base-file.ts';

/** The report that a run is compared with, and what the reader should know of where it comes from. */
export interface JudgingBaseline {
  baseline: Baseline | null;
  notes: string[];
}

/**
 * Reads what `baseline` names. On a pull request a committed report is the base commit's: the pull request cannot make its own past look worse.
 * A file that a step of the workflow fetched is read where it lies, but only if an input names it. What the base does not have compares with nothing.
 */
export async function judgingBaseline(
  { config: { baseline: file }, sources }: ResolvedConfig,
  cwd: string,
  base: Base | null,
): Promise<JudgingBaseline> {
  if (file === undefined) return { baseline: null, notes: [] };
  const fetched =
    sources['baseline'] === 'flag' && (pathAtBase(file, cwd) === null || !isCommitted(path.resolve(cwd, file)));
  if (base === null || fetched) return { baseline: readBaseline(path.resolve(cwd, file), file), notes: [] };
  const found = await base.read(file);
  if (found.text !== null) return { baseline: parseBaseline(found.text, file), notes: [] };
  return { baseline: noBaseline, notes: [`Nothing is comparable: at the base commit ${code(file)} ${found.missing}.`] };
}

/** Whether git knows the file here; where there is no git to ask, that is assumed. In a container the checkout is another user's. */
function isCommitted(file: string): boolean {
  const { status } = spawnSync(
    'git',
    ['-c', 'safe.directory=*', '--literal-pathspecs', 'ls-files', '--error-unmatch', '--', path.basename(file)],
    { cwd: path.dirname(file), stdio: 'ignore' },
  );
  return status === 0 || status === null;
}
