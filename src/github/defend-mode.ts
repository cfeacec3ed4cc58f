import path from 'node:path';
import { findModels } from '../models/find-models.ts';
import { plainText } from '../report/escape.ts';
import { replacedLine } from '../report/wording.ts';
import { run } from '../jobs/defend/run.ts';
import type { World } from '../jobs/world.ts';
import { artifactName, uploadArtifacts } from './artifacts.ts';
import { changedModels } from './changes.ts';
import { commentOf } from './comment.ts';
import { readEvent } from './event.ts';
import type { Inputs } from './inputs.ts';
import type { Outcome } from './outcome.ts';
import { fence } from './paths.ts';
import { nothingToEvaluate } from './plan-mode.ts';
import { progressLines } from './progress.ts';
import type { Runner } from './runner.ts';
import { resolveSettings } from './settings.ts';

/** Evaluates the models that the settings name and uploads what came of them. Throws GoodnetError for settings that no model could be judged by. */
export async function defendMode(inputs: Inputs, runner: Runner, world: World): Promise<Outcome> {
  const event = readEvent(runner.env);
  const around = fence(runner.env, world.cwd);
  const {
    settings: { config, sources },
    notes,
    baseline,
  } = await resolveSettings(inputs, around, event, runner);
  const found = findModels(config.models, world.cwd);
  const chosen = inputs.action['only-changed']
    ? await changedModels(found, config, inputs.action['config-file'], event, runner, around)
    : { models: found, note: '' };
  if (chosen.models.length === 0) return nothingToEvaluate(found.length, config.out);
  const allNotes = [...notes, chosen.note].filter((line) => line !== '');
  const name = artifactName(inputs.action['artifact-name'], runner.env);
  const report = await run(
    { config: { ...config, models: chosen.models }, sources },
    world,
    {
      ...(inputs.action.plan === undefined ? {} : { plan: inputs.action.plan }),
      ...(baseline === null ? {} : { baseline }),
      admit: around.admit,
      comment: (report) => commentOf(report, allNotes),
    },
    {
      replaced: (folders) => runner.log(plainText(replacedLine(folders, config.out))),
      progress: progressLines(runner.log, world.now),
    },
  );
  const out = path.resolve(world.cwd, config.out);
  // A merge is to know why a model was refused.
  const worthKeeping = report.models.length > 0 || inputs.action.plan !== undefined;
  const artifacts = worthKeeping
    ? await uploadArtifacts(report, { out, name, runUrl: event.runUrl, notes: allNotes }, inputs.action, runner)
    : null;
  return { report, artifacts, out: config.out, outputs: {}, notes: allNotes };
}
