import { rmSync } from 'node:fs';
import type { World } from '../jobs/world.ts';
import { freshFolder } from './artifacts.ts';
import { fetchCounts } from './counts.ts';
import { defendMode } from './defend-mode.ts';
import type { Inputs } from './inputs.ts';
import type { Planned } from './matrix.ts';
import type { Outcome } from './outcome.ts';
import type { Runner } from './runner.ts';

/** The run that shards counted for: what it comes to is what it would without them. Throws GoodnetError. */
export async function mergeShards(
  planned: readonly Planned[],
  inputs: Inputs,
  runner: Runner,
  world: World,
): Promise<Outcome> {
  const jobs = [...new Map(planned.map((job) => [job.model, job])).values()];
  const counts = freshFolder(runner.env);
  try {
    await fetchCounts(jobs, counts, runner);
    return await defendMode(inputs, runner, world, { models: jobs.map(({ model }) => model), counts });
  } finally {
    rmSync(counts, { recursive: true, force: true });
  }
}
