import path from 'node:path';
import { run, type World } from '../run.ts';
import { artifactName, uploadArtifacts } from './artifacts.ts';
import { readEvent } from './event.ts';
import type { Inputs } from './inputs.ts';
import type { Outcome } from './main.ts';
import { fence } from './paths.ts';
import { progressLines } from './progress.ts';
import type { Runner } from './runner.ts';
import { resolveSettings } from './settings.ts';

/** Evaluates the models that the settings name and uploads what came of them. Throws GoodnetError for settings that no model could be judged by. */
export async function defendMode(inputs: Inputs, runner: Runner, world: World): Promise<Outcome> {
  const { runUrl } = readEvent(runner.env);
  const around = fence(runner.env, world.cwd);
  const settings = resolveSettings(inputs, around);
  const name = artifactName(inputs.action['artifact-name'], runner.env);
  const report = await run(settings, { ...world, admit: around.admit, progress: progressLines(runner.log, world.now) });
  const out = path.resolve(world.cwd, settings.config.out);
  const artifacts = report.models.length === 0 ? null : await uploadArtifacts(report, { out, name, runUrl }, inputs.action, runner);
  return { report, artifacts, out: settings.config.out, outputs: {} };
}
