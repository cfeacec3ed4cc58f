import { createHash } from 'node:crypto';
import path from 'node:path';
import { failure } from '../base/errors.ts';
import { openFile, readAll } from '../base/files.ts';
import { artifactName } from './artifacts.ts';
import type { Fence } from './paths.ts';
import type { Runner } from './runner.ts';

/** One job of a plan: its model, the SHA-256 of that file where the plan could read it, and the plan that its report must name. */
export interface Planned {
  model: string;
  sha256: string | null;
  plan: string | null;
  /** Which of the jobs that count for the model it is, `I/N`; null where one job does all. */
  shard: string | null;
}

/** One of several jobs, by its place from 0. */
export interface Place {
  index: number;
  of: number;
}

/** The place that `I/N` names; null where it names none. */
export function placeOf(shard: string): Place | null {
  const [, number, of] = (/^([1-9]\d{0,2})\/([1-9]\d{0,2})$/.exec(shard) ?? []).map(Number) as [
    number,
    number?,
    number?,
  ];
  return number === undefined || number > of! ? null : { index: number - 1, of: of! };
}

/** What no other plan is called: not that of another attempt, nor of another job of the run. */
export function planId(prefix: string | undefined, env: Runner['env']): string {
  const own = createHash('sha256')
    .update(`${artifactName(undefined, env)}\n${prefix ?? ''}`)
    .digest('hex')
    .slice(0, 12);
  return `${env['GITHUB_RUN_ID'] ?? '0'}.${env['GITHUB_RUN_ATTEMPT'] ?? '1'}.${own}`;
}

/**
 * The plan as `strategy.matrix` takes it: a job for each model, or as many as its shards are. A model whose name looks
 * like an exclusion is spelled so that it is none.
 */
export function matrixOf(models: readonly string[], plan: string, around: Fence, shards?: number): string {
  const jobs = models.flatMap((model) => {
    const sha256 = hashOf(model, around);
    const job = {
      model: model.startsWith('!') ? `./${model}` : model,
      plan,
      ...(sha256 === null ? {} : { sha256 }),
    };
    if (shards === undefined) return [job];
    return Array.from({ length: shards }, (_, i) => ({ ...job, shard: `${i + 1}/${shards}` }));
  });
  return JSON.stringify({ include: jobs.map((job, index) => ({ index, ...job })) });
}

const longestPointer = 1024;

/** Of the file, or of the one that a Git LFS pointer stands for; null where nobody can say: the job will. */
function hashOf(model: string, { cwd, admit }: Fence): string | null {
  try {
    admit(model);
    const file = openFile(path.resolve(cwd, model), { file: model });
    try {
      const text = file.size > longestPointer ? '' : new TextDecoder().decode(readAll(file));
      return text.startsWith('version https://git-lfs')
        ? (/^oid sha256:([0-9a-f]{64})$/m.exec(text)?.[1] ?? null)
        : file.sha256;
    } finally {
      file.close();
    }
  } catch {
    return null;
  }
}

/** The jobs of a plan, as `mode: plan` put them out. Throws `input-invalid`. */
export function plannedModels(matrix: string | undefined): Planned[] {
  const refuse = (cause: string) =>
    failure('input-invalid', 'matrix', { cause, fix: 'pass on the output `matrix` of the job with `mode: plan`' });
  if (matrix === undefined) throw refuse('is missing, so nobody knows whose reports to expect');
  try {
    const { include } = JSON.parse(matrix) as { include: Partial<Record<keyof Planned, unknown>>[] };
    const jobs = include.map(({ model, sha256 = null, plan = null, shard = null }) => ({ model, sha256, plan, shard }));
    const isJob = (job: Record<keyof Planned, unknown>): job is Planned =>
      typeof job.model === 'string' &&
      [job.sha256, job.plan, job.shard].every((value) => value === null || typeof value === 'string');
    if (jobs.every(isJob) && areWhole(jobs)) return jobs;
  } catch {
    // told below
  }
  throw refuse('is no list of models');
}

/** Whether each model has one job, or all have as many shards. */
function areWhole(jobs: readonly Planned[]): boolean {
  const models = new Set(jobs.map(({ model }) => model));
  const distinct = new Set(jobs.map(({ model, shard }) => JSON.stringify([model, shard])));
  if (distinct.size < jobs.length) return false;
  if (jobs.every(({ shard }) => shard === null)) return true;
  return jobs.every(({ shard }) => shard !== null && placeOf(shard)?.of === jobs.length / models.size);
}
