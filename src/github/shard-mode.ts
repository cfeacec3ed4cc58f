import { readdirSync, rmSync } from 'node:fs';
import { failure } from '../base/errors.ts';
import { isCountFile } from '../engine/shards/count-files.ts';
import type { Share } from '../engine/shards/share.ts';
import { shard } from '../jobs/shard.ts';
import type { World } from '../jobs/world.ts';
import { findModels } from '../models/find-models.ts';
import { code } from '../report/escape.ts';
import { freshFolder } from './artifacts.ts';
import { fetchCounts, uploadCounts } from './counts.ts';
import { readEvent } from './event.ts';
import type { ActionInputs, Inputs } from './inputs.ts';
import { placeOf } from './matrix.ts';
import type { Outcome } from './outcome.ts';
import { fence } from './paths.ts';
import { progressLines } from './progress.ts';
import type { Runner } from './runner.ts';
import { resolveForShard } from './settings.ts';

/** Counts what one of several jobs of a model has to in one phase, by what was counted before, and passes it on. Throws GoodnetError. */
export async function shardMode(inputs: Inputs, runner: Runner, world: World): Promise<Outcome> {
  const { plan, share } = jobOf(inputs.action);
  const around = fence(runner.env, world.cwd);
  const { settings, notes } = await resolveForShard(inputs, around, readEvent(runner.env), runner);
  const { config, sources } = settings;
  const model = oneOf(findModels(config.models, world.cwd));
  const folder = freshFolder(runner.env);
  try {
    const before = await fetchCounts([{ model, plan }], folder, runner);
    const own = { config: { ...config, out: folder }, sources };
    const progress = progressLines(runner.log, world.now);
    const errors = await shard(own, world, share, { admit: around.admit }, { progress });
    const names = readdirSync(folder).filter((name) => isCountFile(name) && !before.has(name));
    if (errors.length === 0) await uploadCounts({ model, plan }, share, { folder, names }, inputs.action, runner);
    const what = `shard ${share.index + 1} of ${share.of} of ${code(model)}, phase ${share.phase}`;
    const lines = [`${names.length} chunks were counted.`, ...notes].map((line) => `${line}\n`);
    const summary = `## goodnet: ${what}\n\n${lines.join('\n')}`;
    return { report: null, errors, artifacts: null, out: config.out, outputs: {}, summary, notes };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the inputs say of the job. Throws `input-invalid`. */
function jobOf({ shard, phase, plan }: ActionInputs): { plan: string; share: Share } {
  const missing = (name: string, fix: string) => failure('input-invalid', name, { cause: 'is missing', fix });
  if (plan === undefined) throw missing('plan', 'pass on `matrix.plan`');
  if (shard === undefined) throw missing('shard', 'pass on `matrix.shard`, of a plan with `shards`');
  if (phase === undefined) throw missing('phase', 'write `rank`, `sweep` or `test`');
  const place = placeOf(shard);
  if (place === null)
    throw failure('input-invalid', 'shard', { cause: `${shard} names none`, fix: 'pass on `matrix.shard`' });
  return { plan, share: { ...place, phase } };
}

function oneOf([model, ...others]: readonly string[]): string {
  if (others.length === 0) return model!;
  const cause = `match ${others.length + 1} files, a shard is of one`;
  throw failure('input-invalid', 'models', { cause, fix: 'pass on `matrix.model`' });
}
