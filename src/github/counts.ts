import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { failure, firstLine, GoodnetError } from '../base/errors.ts';
import { limits } from '../base/limits.ts';
import { isCountFile } from '../engine/shards/count-files.ts';
import type { ShardPhase } from '../engine/shards/share.ts';
import { artifactName, eachOf } from './artifacts.ts';
import type { ActionInputs } from './inputs.ts';
import type { Place, Planned } from './matrix.ts';
import type { Runner } from './runner.ts';

/** A model and the plan that it is counted by. */
export type Counted = Pick<Planned, 'model' | 'plan'>;

/** The end of the names of all artifacts with counts of a model in one plan. */
const suffixOf = ({ model, plan }: Counted): string =>
  `-${createHash('sha256')
    .update(JSON.stringify([plan, model]))
    .digest('hex')
    .slice(0, 16)}-counts`;

/**
 * Puts what shards of these models counted into a folder, and answers the names of the files. Each is named by all that
 * its counts depend on, so those of a job that ran again are the same. Throws `shard-artifact` or `shard-damaged`.
 */
export async function fetchCounts(models: readonly Counted[], folder: string, runner: Runner): Promise<Set<string>> {
  const suffixes = models.map(suffixOf);
  const artifacts = await served('artifacts', runner, async (client) => {
    const { artifacts } = await client.listArtifacts({ latest: true });
    return artifacts.filter(({ name }) => suffixes.some((suffix) => name.endsWith(suffix)));
  });
  await eachOf(artifacts, async ({ id, name }) => {
    const at = path.join(folder, `artifact-${id}`);
    await served(name, runner, (client) => client.downloadArtifact(id, { path: at }));
    take(at, folder);
  });
  return new Set(readdirSync(folder).filter(isCountFile));
}

/** Uploads what a shard counted; one that has no chunk has no files. Throws `shard-artifact`. */
export async function uploadCounts(
  counted: Counted,
  { index, phase }: Pick<Place, 'index'> & { phase: ShardPhase },
  { folder, names }: { folder: string; names: readonly string[] },
  inputs: ActionInputs,
  runner: Runner,
): Promise<void> {
  if (names.length === 0) return;
  const name = `${artifactName(undefined, runner.env)}-${phase}-${index + 1}${suffixOf(counted)}`;
  const files = names.map((file) => path.join(folder, file));
  const days = inputs['retention-days'];
  const retention = days === undefined ? {} : { retentionDays: days };
  await served(name, runner, (client) => client.uploadArtifact(name, files, folder, retention));
}

/** Moves the files of an artifact to those of others. Throws `shard-damaged` for one that is none of counts, or of which another shard wrote another. */
function take(from: string, folder: string): void {
  mkdirSync(from, { recursive: true });
  for (const name of readdirSync(from)) {
    const refuse = (cause: string) => failure('shard-damaged', name, { cause });
    const [found, place] = [lstatSync(path.join(from, name)), path.join(folder, name)];
    if (!isCountFile(name)) throw refuse('it is called otherwise');
    if (!found.isFile() || found.size > limits.countBytes) throw refuse('it is no plain file of their size');
    const bytes = readFileSync(path.join(from, name));
    if (existsSync(place) && !readFileSync(place).equals(bytes)) throw refuse('another job wrote another');
    writeFileSync(place, bytes);
  }
}

/** What the artifact service does. Throws `shard-artifact` where it does not, or is not there. */
async function served<T>(
  subject: string,
  { artifacts, env }: Runner,
  ask: (client: Runner['artifacts']) => Promise<T>,
): Promise<T> {
  try {
    if (!env['ACTIONS_RUNTIME_TOKEN'] || !env['ACTIONS_RESULTS_URL'])
      throw new Error('there is no artifact service here');
    return await ask(artifacts);
  } catch (error) {
    if (error instanceof GoodnetError) throw error;
    const cause = firstLine(error);
    throw failure('shard-artifact', subject, { cause });
  }
}
