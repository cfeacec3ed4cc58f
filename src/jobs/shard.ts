import path from 'node:path';
import { pruning } from '../defense/pruning/pruning.ts';
import type { Evaluator } from '../engine/evaluator.ts';
import { openShards } from '../engine/open-evaluator.ts';
import { ShardDone } from '../engine/shards/file-counter.ts';
import type { Share } from '../engine/shards/share.ts';
import { findModels, openModel } from '../models/find-models.ts';
import { modelError } from '../report/record/model-error.ts';
import type { Report } from '../report/record/report.ts';
import type { Config } from '../settings/config.ts';
import { dataFormat } from '../settings/data-format.ts';
import type { ResolvedConfig } from '../settings/resolve-config.ts';
import { splitsOf } from '../settings/split-files.ts';
import { withinBudget } from './budget.ts';
import { subjectOf } from './defend/subject.ts';
import type { RunOptions } from './defend/run-options.ts';
import type { Listener } from './listener.ts';
import { dataBytes, NetData } from './open-data.ts';
import { progressOf } from './progress.ts';
import type { World } from './world.ts';

/** What a door decides of a shard, beside the settings. */
type ShardOptions = Pick<RunOptions, 'admit'>;

/** What one of several machines counts of a run: its share of all chunks goes to files in `config.out`. Answers the models that are refused. */
export function shard(
  { config }: ResolvedConfig,
  world: World,
  share: Share,
  options: ShardOptions = {},
  listener: Listener = {},
): Promise<Report['errors']> {
  return withinBudget(config, world, (bounded) => countEach(config, share, options, { ...bounded, listener }));
}

type Listened = World & { listener: Listener };

async function countEach(
  config: Config,
  share: Share,
  { admit }: ShardOptions,
  world: Listened,
): Promise<Report['errors']> {
  const errors: Report['errors'] = [];
  const names = findModels(config.models, world.cwd);
  const place = { ...world, dataBytes: dataBytes(splitsOf(config), world.cwd) / share.of };
  const evaluator = await openShards(config, place, path.resolve(world.cwd, config.out), share);
  try {
    for (const name of names) {
      world.signal?.throwIfAborted();
      try {
        admit?.(name);
        await countOne(name, config, { ...world, evaluator });
      } catch (error) {
        errors.push(modelError(name, error, world));
      }
    }
  } finally {
    await evaluator.stop();
  }
  return errors;
}

async function countOne(name: string, config: Config, place: Listened & { evaluator: Evaluator }): Promise<void> {
  const { model } = await openModel(name, config, place);
  const data = new NetData(splitsOf(config), dataFormat(config), place);
  const subject = subjectOf(model, config, data, {
    progress: progressOf(name, place),
    kept: { triggers: () => nothing, trainings: nothing },
    scanned: () => Promise.resolve(null),
    started: () => undefined,
  });
  try {
    await pruning.propose(subject);
  } catch (error) {
    if (!(error instanceof ShardDone)) throw error;
  } finally {
    await data.close();
  }
}

/** Nothing is trained here, and nothing kept of that. */
const nothing = { take: () => null, put: () => undefined };
