import { failure } from '../base/errors.ts';
import { type Share, type ShardPhase, shardPhases } from '../engine/shards/share.ts';
import type { Listener } from '../jobs/listener.ts';
import { shard } from '../jobs/shard.ts';
import { resolve } from './resolve.ts';
import { type Flags, showErrors, type Terminal } from './terminal.ts';

/** `goodnet shard`: answers the exit code. */
export async function shardCommand(
  models: readonly string[],
  flags: Flags,
  terminal: Terminal,
  listener: Listener,
): Promise<number> {
  const share = shareOf(flags, process.env);
  const errors = await shard(await resolve(models, flags, terminal), terminal, share, {}, listener);
  return showErrors(errors, terminal.stderr);
}

/** What array jobs call the place of one of them, counted from 0. */
const places = ['JOB_COMPLETION_INDEX', 'SLURM_ARRAY_TASK_ID', 'AWS_BATCH_JOB_ARRAY_INDEX', 'CLOUD_RUN_TASK_INDEX'];

/** The share that flags name, or that an array job is. Throws `usage`. */
export function shareOf(flags: Flags, environment: NodeJS.ProcessEnv): Share {
  const text = String(flags['shard']);
  const [, named, count] = /^(?:(\d{1,6})\/)?(\d{1,6})$/.exec(text) ?? [];
  const place = places.find((name) => environment[name] !== undefined);
  const found = place === undefined ? NaN : Number(environment[place] || NaN) + 1;
  const [number, of] = [named === undefined ? found : Number(named), Number(count)];
  if (!Number.isInteger(number) || !(number >= 1 && number <= of))
    throw failure('usage', '--shard', {
      cause: named === undefined && place !== undefined ? `${text}: ${place} is no place in it` : `${text} names none`,
      fix: 'write I/N, 1/4 to 4/4 for four; or N alone in an array job, whose places count from 0',
    });
  return { index: number - 1, of, phase: phaseOf(String(flags['phase'])) };
}

function phaseOf(text: string): ShardPhase {
  const phase = shardPhases.find((name) => name === text);
  if (phase === undefined)
    throw failure('usage', '--phase', { cause: `there is no ${text}`, fix: `write ${shardPhases.join(', ')}` });
  return phase;
}
