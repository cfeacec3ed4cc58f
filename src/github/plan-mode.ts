import { failure } from '../base/errors.ts';
import { findModels } from '../models/find-models.ts';
import type { World } from '../jobs/world.ts';
import { code } from '../report/escape.ts';
import { changedModels } from './changes.ts';
import { readEvent } from './event.ts';
import type { Inputs } from './inputs.ts';
import type { Outcome } from './outcome.ts';
import { matrixOf, planId } from './matrix.ts';
import { fence } from './paths.ts';
import type { Runner } from './runner.ts';
import { resolveSettings } from './settings.ts';

/** GitHub's limit of jobs in a matrix. */
const mostJobs = 256;

/**
 * Lists the models as a matrix of jobs: `model` is a job's input `models`, `index` tells the jobs apart, `shard` those of
 * one model. Throws GoodnetError.
 */
export async function planMode(inputs: Inputs, runner: Runner, world: World): Promise<Outcome> {
  const event = readEvent(runner.env);
  const around = fence(runner.env, world.cwd);
  const {
    settings: { config },
  } = await resolveSettings(inputs, around, event, runner);
  const found = findModels(config.models, world.cwd);
  const { models, note } = inputs.action['only-changed']
    ? await changedModels(found, config, inputs.action['config-file'], event, runner, around)
    : { models: found, note: '' };
  if (models.length === 0) {
    const nothing = nothingToEvaluate(found.length, config.out);
    return { ...nothing, outputs: { ...nothing.outputs, matrix: matrixOf([], '', around) } };
  }
  const { shards } = inputs.action;
  const jobs = models.length * (shards ?? 1);
  if (jobs > mostJobs) throw failure('matrix-size', 'models', { models: models.length, shards: shards ?? 1 });
  const each = shards === undefined ? 'a job each' : `in shards, ${shards} of each`;
  const list = models.map((model) => `- ${code(model)}`).join('\n');
  const title = `## goodnet: ${models.length} ${models.length === 1 ? 'model' : 'models'} to evaluate, ${each}`;
  const summary = [title, note, list].filter((part) => part !== '').join('\n\n') + '\n';
  return {
    report: null,
    artifacts: null,
    out: config.out,
    outputs: { matrix: matrixOf(models, planId(inputs.action['artifact-name'], runner.env), around, shards) },
    summary,
    notes: [],
  };
}

/** What comes of a run whose models match but did not change: it passes. */
export function nothingToEvaluate(models: number | null, out: string): Outcome {
  const why =
    models === null
      ? 'The plan names no model: none changed.'
      : `${models} ${models === 1 ? 'model matches' : 'models match'}, none of them changed.`;
  const summary = `## ✅ goodnet: nothing to evaluate\n\n${why}\n`;
  return {
    report: null,
    artifacts: null,
    out,
    outputs: { passed: 'true', verdict: 'passed', results: '[]' },
    summary,
    notes: [],
  };
}
