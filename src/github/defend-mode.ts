import path from 'node:path';
import { findModels } from '../models/find-models.ts';
import { plainText } from '../report/escape.ts';
import { scanName, scanText } from '../report/record/scan.ts';
import { withScan } from '../report/record/with-scan.ts';
import { replacedLine, scannedLine } from '../report/wording.ts';
import { withinBudget } from '../jobs/budget.ts';
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
import { checkScan, scanBeside, scanFolder, scanOutputs } from './scan-step.ts';
import { resolveSettings } from './settings.ts';

/** Models that were divided into shards, and the folder with all that these counted. */
export interface Divided {
  models: readonly string[];
  counts: string;
}

/**
 * Evaluates the models that the settings name, or those that were divided, scanned first where that is asked for, and uploads what came of them.
 * Throws GoodnetError for settings that no model could be judged by.
 */
export async function defendMode(inputs: Inputs, runner: Runner, world: World, divided?: Divided): Promise<Outcome> {
  const { action } = inputs;
  const event = readEvent(runner.env);
  const around = fence(runner.env, world.cwd);
  const { settings, notes, baseline } = await resolveSettings(inputs, around, event, runner, divided?.models);
  const { config, sources } = settings;
  checkScan(action.scan, settings, around);
  const found = divided === undefined ? findModels(config.models, world.cwd) : [...divided.models];
  const isChosen = action['only-changed'] && divided === undefined; // a plan has chosen
  const chosen = isChosen
    ? await changedModels(found, config, action['config-file'], event, runner, around)
    : { models: found, note: '' };
  if (chosen.models.length === 0) return nothingToEvaluate(found.length, config.out);
  const allNotes = [...notes, chosen.note].filter((line) => line !== '');
  const name = artifactName(action['artifact-name'], runner.env);
  const ofChosen = { config: { ...config, models: chosen.models }, sources };
  const progress = progressLines(runner.log, world.now);
  const { scan, report } = await withinBudget(config, world, async (bounded) => {
    const scan = action.scan ? await scanBeside(ofChosen, around, bounded, runner, progress) : null;
    const report = await run(
      ofChosen,
      bounded,
      {
        ...(action.plan === undefined ? {} : { plan: action.plan }),
        ...(baseline === null ? {} : { baseline }),
        ...(scan === null ? {} : { scan: scanFolder(config.out) }),
        ...(divided === undefined ? {} : { counts: divided.counts }),
        estimates: true,
        admit: around.admit,
        comment: (report) => commentOf(report, allNotes, scan),
        ...(scan === null ? {} : { asides: { [scanName]: scanText(scan) } }),
      },
      {
        scanned: (event) => runner.log(plainText(scannedLine(event))),
        replaced: (folders) => runner.log(plainText(replacedLine(folders, config.out))),
        progress,
      },
    );
    return { scan, report };
  });
  const out = path.resolve(world.cwd, config.out);
  const scanned = scan && { found: scan, out: path.resolve(world.cwd, scanFolder(config.out)) };
  // A merge is to know why a model was refused.
  const worthKeeping = report.models.length > 0 || action.plan !== undefined;
  const kinds = [
    ...(worthKeeping ? ['models', 'report'] : []),
    ...(scan !== null && scan.models.length > 0 ? ['scan'] : []),
  ];
  const shipment = { out, name, runUrl: event.runUrl, notes: allNotes, scan: scanned };
  const artifacts =
    kinds.length > 0 ? await uploadArtifacts(withScan(report, scan), shipment, action, runner, kinds) : null;
  return { report, scan, artifacts, out: config.out, outputs: scanOutputs(scan), notes: allNotes };
}
