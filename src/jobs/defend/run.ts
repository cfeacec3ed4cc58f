import path from 'node:path';
import { withinBudget } from '../budget.ts';
import type { ResolvedConfig } from '../../settings/resolve-config.ts';
import { Clock } from '../../base/clock.ts';
import { defend } from './defend.ts';
import { namedFiles } from '../../settings/file-settings.ts';
import { splitsOf } from '../../settings/split-files.ts';
import { openLargeFile } from '../../base/files.ts';
import { findModels, folderNames } from '../../models/find-models.ts';
import type { Baseline } from '../../report/record/baseline.ts';
import { assemble, finish } from '../../report/record/assemble.ts';
import { manifestName, manifestText } from '../../report/record/manifest.ts';
import { modelError } from '../../report/record/model-error.ts';
import { stages } from '../profile.ts';
import { Output } from '../../output/output.ts';
import { reportPage } from '../../report/html/write-page.ts';
import { NewFile } from '../../output/new-file.ts';
import { readBaseline } from '../../report/record/read-report.ts';
import type { Report } from '../../report/record/report.ts';
import { isOwnSarif, sarif } from '../../report/sarif.ts';
import type { Evaluator } from '../../engine/evaluator.ts';
import { openEvaluators, openShards } from '../../engine/open-evaluator.ts';
import { engineHere } from '../../engine/kernels/product-code.ts';
import { defensesOf } from '../../defense/registry.ts';
import { modelPaths } from '../../report/write-models.ts';
import { commentName, reportPaths, stageReport } from '../../report/write-report.ts';
import { dataBytes } from '../open-data.ts';
import { Keeper } from './resume.ts';
import type { Kept } from '../../report/record/kept.ts';
import type { Listener } from '../listener.ts';
import { runRecord } from '../run-record.ts';
import type { World } from '../world.ts';
import type { RunOptions } from './run-options.ts';

/**
 * The whole job: every model is ranked, swept, pruned, joined to GoodNets, scored and gated; repaired models and the report go to
 * `config.out`. A model that is refused, or that a bug ends, stands in `errors` and the others go on; where none is left nothing is written,
 * and a report of an earlier run is removed. Throws GoodnetError for settings that no model could run with.
 */
export function run(
  settings: ResolvedConfig,
  world: World,
  options: RunOptions = {},
  listener: Listener = {},
): Promise<Report> {
  return withinBudget(settings.config, world, (bounded) => runAll(settings, bounded, options, listener));
}

async function runAll(
  settings: ResolvedConfig,
  world: World,
  options: RunOptions,
  listener: Listener,
): Promise<Report> {
  const { config } = settings;
  const startedAt = world.now();
  const clock = new Clock(stages);
  const output = new Output(path.resolve(world.cwd, config.out), config.out);
  const finished: Kept[] = [];
  let models: string[] = [];
  let evaluator: Evaluator | undefined;
  try {
    output.open(options.resume);
    models = findModels(config.models, world.cwd);
    const folders = folderNames(models);
    const stageNames = defensesOf(config).flatMap((defense) => defense.stages(config));
    const asides = [
      ...(options.comment === undefined ? [] : [commentName]),
      ...Object.keys(options.asides ?? {}),
      manifestName,
    ];
    output.claim([
      ...folders.flatMap((folder, i) => modelPaths(folder, models[i]!, stageNames)),
      ...reportPaths(folders),
      ...asides,
    ]);
    const log = config['sarif-file'] === undefined ? null : new NewFile(config['sarif-file'], world.cwd, isOwnSarif);
    const baseline =
      config.baseline === undefined
        ? null
        : (options.baseline ?? readBaseline(path.resolve(world.cwd, config.baseline), config.baseline));
    const { featureBytes, counts } = options;
    const place = { ...world, featureBytes, dataBytes: dataBytes(splitsOf(config), world.cwd) };
    evaluator =
      counts === undefined
        ? await openEvaluators(config, place)
        : await openShards(config, place, path.resolve(world.cwd, counts), null);
    const estimates: Record<string, number> = {};
    const errors = await defendEach(models, folders, finished, {
      estimates,
      settings,
      output,
      baseline,
      world,
      options,
      listener,
      evaluator,
      clock,
    });
    await evaluator.stop(); // its memory is free before the report is drawn
    const { plan } = options;
    const run = runRecord(world, startedAt, {
      engine: engineHere(config.engine),
      workers: evaluator.count,
      ...(evaluator.used !== undefined && { evaluators: [...evaluator.used] }),
      plan,
      ...(Object.keys(estimates).length > 0 && { unlearningSeconds: estimates }),
    });
    const files = [
      ...output.files.map((file) => file.path),
      ...reportPaths(finished.map(({ model }) => model.name)),
      ...asides,
    ];
    const report = assemble(finished, files, { errors, ...settings, run, baselineFile: baseline?.file ?? null });
    if (finished.length > 0) await stageAll(report, finished, output, world, options);
    const gone = output.publish([...models, ...namedFiles(config)].map((file) => path.resolve(world.cwd, file)));
    if (gone.length > 0) listener.replaced?.(gone);
    log?.write(Buffer.from(sarif(report)));
    clock.lap('write');
    listener.profile?.({ main: clock.seconds, computing: evaluator.work });
    return report;
  } finally {
    await evaluator?.stop();
    if (!options.resume) output.discard();
    else if (output.suspend()) listener.resumed?.({ kind: 'kept', models: finished.length, of: models.length });
  }
}

/** What all models of a run share. */
interface Shared {
  settings: ResolvedConfig;
  output: Output;
  baseline: Baseline | null;
  world: World;
  options: RunOptions;
  listener: Listener;
  evaluator: Evaluator;
  clock: Clock<(typeof stages)[number]>;
  /** How long unlearning would take, by model. */
  estimates: Record<string, number>;
}

/** Defends each model, its files staged, or takes it up where a stopped run finished it; adds it to `finished`. Answers those that were not judged: whatever a model does, it takes no other down. */
async function defendEach(
  models: readonly string[],
  folders: readonly string[],
  finished: Kept[],
  { settings, output, baseline, world, options, listener, evaluator, clock, estimates }: Shared,
): Promise<Report['errors']> {
  const { config, sources } = settings;
  const keeper = new Keeper(output, settings, baseline, world);
  const place = { ...world, listener, evaluator, clock, estimates: options.estimates === true };
  const errors: Report['errors'] = [];
  let taken = 0;
  for (const [i, model] of models.entries()) {
    world.signal?.throwIfAborted();
    try {
      options.admit?.(model);
      const before = keeper.take(model, folders[i]!);
      if (before !== null) taken++;
      if (before !== null) finished.push(before);
      else {
        const kept = {
          triggers: keeper.triggersOf(model, folders[i]!),
          trainings: keeper.trainingsOf(model, folders[i]!),
        };
        const scanFolder = options.scan && path.join(options.scan, folders[i]!);
        const outcome = await defend(model, folders[i]!, config, output, { ...place, kept, scanFolder }, baseline);
        if (outcome.unlearningSeconds !== null) estimates[model] = outcome.unlearningSeconds;
        finished.push(keeper.keep(finish(outcome, sources)));
      }
    } catch (error) {
      const told = modelError(model, error, world);
      output.unstage(folders[i]!);
      errors.push({ ...told, sha256: told.code === 'file-outside' ? null : await hashOf(model, world) });
    }
  }
  if (options.resume) listener.resumed?.({ kind: 'taken', models: taken, of: models.length });
  return errors;
}

/** Stages the report in all its forms; what tells of the other files comes last. */
async function stageAll(
  report: Report,
  finished: readonly Kept[],
  output: Output,
  world: World,
  { comment, asides = {} }: RunOptions,
): Promise<void> {
  await stageReport(
    report,
    reportPage(
      report,
      finished.map(({ pictures }) => pictures),
      world.assets,
    ),
    output,
    world.signal,
  );
  if (comment !== undefined) output.stage(commentName, comment(report));
  for (const [name, text] of Object.entries(asides)) output.stage(name, text);
  output.stage(manifestName, manifestText(report, output.files));
}

/** SHA-256 of a refused model in hex; null where it cannot be read. */
async function hashOf(model: string, { cwd, signal }: World): Promise<string | null> {
  try {
    const file = await openLargeFile(path.resolve(cwd, model), { file: model }, Infinity, signal);
    file.close();
    return file.sha256;
  } catch {
    signal?.throwIfAborted();
    return null;
  }
}
