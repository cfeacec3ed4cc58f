import path from 'node:path';
import { withinBudget } from './budget.ts';
import type { ResolvedConfig } from './resolve-config.ts';
import { Clock } from './clock.ts';
import { defend } from './defend.ts';
import { endsRun, GoodnetError } from './errors.ts';
import { namedFiles } from './file-settings.ts';
import { openLargeFile } from './files.ts';
import { findModels, folderNames } from './models.ts';
import type { Baseline } from './report/baseline.ts';
import { assemble, finish } from './report/assemble.ts';
import { manifestName, manifestText } from './report/manifest.ts';
import { type Profile, stages } from './profile.ts';
import { Output } from './report/output.ts';
import { reportPage } from './report/html/write-page.ts';
import { NewFile } from './report/new-file.ts';
import { readBaseline } from './report/read-report.ts';
import type { Report } from './report/report.ts';
import { isOwnSarif, sarif } from './report/sarif.ts';
import { openThreads, type Threads } from './threads/threads.ts';
import { modelPaths } from './report/write-models.ts';
import { commentName, reportPaths, stageReport } from './report/write-report.ts';
import { Keeper } from './resume.ts';
import type { Kept } from './report/kept.ts';

/** What a run needs of the world around it. */
export interface World {
  /** Folder that relative paths start from. */
  cwd: string;
  /** Folder of the engine's .wasm file, with a slash at its end. */
  engineFolder: string;
  /** The file that worker threads run. */
  threadFile: string;
  /** Folder of the JPEG decoder's .wasm file, with a slash at its end. */
  decoderFolder: string;
  /** The bundle that reads files in a thread of its own. */
  readerFile: string;
  /** Folder of report.html's script, with a slash at its end. */
  pageFolder: string;
  version: string;
  /** Bytes of features that all threads together keep in memory between ranking and sweep (128 MB unless given); more go to a temporary file. */
  featureBytes?: number;
  /** Told of each finished batch of images. */
  progress: (event: ProgressEvent) => void;
  now: () => Date;
  /** Ends the job after the batch of images at hand, with nothing written; the signal's reason is thrown. */
  signal?: AbortSignal;
  /** The report that `baseline` names, where this door has read it already. */
  baseline?: Baseline;
  /** What a door tells people of the report: comment.md, one of the run's files. */
  comment?: (report: Report) => string;
  /** The plan of jobs that this run is one of. */
  plan?: string;
  /** Asked before a model is opened. Throws GoodnetError for one that this door does not let in. */
  admit?: (model: string) => void;
  /** Take up the models that a stopped run in the same output folder finished, and keep those of this run if it is stopped. */
  resume?: boolean;
  /** Told of models that were taken up or kept. */
  resumed?: (event: ResumeEvent) => void;
  /** Told of the models' folders of an earlier run that went when this one's files came. */
  replaced?: (folders: readonly string[]) => void;
  /** Told at the end of a run where its time went. */
  profile?: (profile: Profile) => void;
}

/** How far a stage has come with a model: `done` of `total` images. */
export interface ProgressEvent {
  model: string;
  stage: 'ranking' | 'sweep' | 'validation' | 'test';
  done: number;
  total: number;
}

/** How many of a run's models a stopped run had finished, or this one had when it was stopped. */
export interface ResumeEvent {
  kind: 'taken' | 'kept';
  models: number;
  of: number;
}

/**
 * The whole job: every model is ranked, swept, pruned, joined to GoodNets, scored and gated; repaired models and the report go to
 * `config.out`. A model that is refused stands in `errors` and the others go on; where all are refused nothing is written, and a report
 * of an earlier run is removed. Throws GoodnetError for settings that no model could run with.
 */
export function run(settings: ResolvedConfig, world: World): Promise<Report> {
  return withinBudget(settings.config, world, (bounded) => runAll(settings, bounded));
}

async function runAll(settings: ResolvedConfig, world: World): Promise<Report> {
  const { config, sources } = settings;
  const startedAt = world.now();
  const clock = new Clock(stages);
  const output = new Output(path.resolve(world.cwd, config.out), config.out);
  const finished: Kept[] = [];
  const errors: Report['errors'] = [];
  let models: string[] = [];
  let threads: Threads | undefined;
  try {
    output.open(world.resume);
    const asides = [...(world.comment === undefined ? [] : [commentName]), manifestName];
    models = findModels(config.models, world.cwd);
    const folders = folderNames(models);
    output.claim([...folders.flatMap((folder, i) => modelPaths(folder, models[i]!, config.checkpoints)), ...reportPaths(folders), ...asides]);
    const log = config['sarif-file'] === undefined ? null : new NewFile(config['sarif-file'], world.cwd, isOwnSarif);
    const baseline = config.baseline === undefined ? null : world.baseline ?? readBaseline(path.resolve(world.cwd, config.baseline), config.baseline);
    const running = (threads = await openThreads(config, world));
    const keeper = new Keeper(output, settings, baseline, world);
    let taken = 0;
    for (const [i, model] of models.entries()) {
      world.signal?.throwIfAborted();
      try {
        world.admit?.(model);
        const before = keeper.take(model, folders[i]!);
        if (before !== null) taken++;
        finished.push(before ?? keeper.keep(finish(await defend(model, folders[i]!, config, output, { ...world, threads: running, clock }, baseline), sources)));
      } catch (error) {
        if (!(error instanceof GoodnetError) || endsRun(error)) throw error;
        errors.push({ path: model, sha256: error.code === 'file-outside' ? null : await hashOf(model, world), code: error.code, message: error.message });
      }
    }
    await running.stop(); // their memory is free before the report is drawn
    if (world.resume) world.resumed?.({ kind: 'taken', models: taken, of: models.length });
    const seconds = (world.now().getTime() - startedAt.getTime()) / 1000;
    const tool = { tool: 'goodnet' as const, version: world.version, engine: config.engine, workers: running.count, node: process.version, ...(world.plan === undefined ? {} : { plan: world.plan }) };
    const done = finished.map(({ model }) => model.name);
    const files = [...output.files.map((file) => file.path), ...reportPaths(done), ...asides];
    const report = assemble(finished, files, { errors, config, sources, run: { ...tool, startedAt: startedAt.toISOString(), seconds }, baselineFile: baseline?.file ?? null });
    if (finished.length > 0) {
      await stageReport(report, reportPage(report, finished.map(({ pictures }) => pictures), world.pageFolder), output, world.signal);
      if (world.comment !== undefined) output.stage(commentName, world.comment(report));
      output.stage(manifestName, manifestText(report, output.files));
    }
    const gone = output.publish([...models, ...namedFiles(config)].map((file) => path.resolve(world.cwd, file)));
    if (gone.length > 0) world.replaced?.(gone);
    log?.write(Buffer.from(sarif(report)));
    clock.lap('write');
    world.profile?.({ main: clock.seconds, computing: running.work });
    return report;
  } finally {
    await threads?.stop();
    if (!world.resume) output.discard();
    else if (output.suspend()) world.resumed?.({ kind: 'kept', models: finished.length, of: models.length });
  }
}

/** SHA-256 of a refused model in hex; null where it cannot be read. */
async function hashOf(model: string, { cwd, signal }: World): Promise<string | null> {
  try {
    const file = await openLargeFile(path.resolve(cwd, model), { file: model }, Infinity, signal);
    file.close();
    return file.sha256;
  } catch {
    return null;
  }
}
