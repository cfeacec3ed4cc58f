import path from 'node:path';
import { withinBudget } from './budget.ts';
import type { ResolvedConfig } from './resolve-config.ts';
import { defend } from './defend.ts';
import { endsRun, GoodnetError } from './errors.ts';
import { openFile } from './files.ts';
import { findModels, folderNames } from './models.ts';
import type { Baseline } from './report/baseline.ts';
import { assemble, type ModelOutcome } from './report/assemble.ts';
import { manifestName, manifestText } from './report/manifest.ts';
import { Output } from './report/output.ts';
import { reportPage } from './report/html/write-page.ts';
import { NewFile } from './report/new-file.ts';
import { readBaseline } from './report/read-report.ts';
import type { Report } from './report/report.ts';
import { isOwnSarif, sarif } from './report/sarif.ts';
import { openThreads } from './threads/threads.ts';
import { modelPaths } from './report/write-models.ts';
import { reportPaths, stageReport } from './report/write-report.ts';

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
  /** The bundle that reads models in a thread of its own. */
  readerFile: string;
  /** Folder of report.html's script, with a slash at its end. */
  pageFolder: string;
  version: string;
  /** Told of each finished batch of images. */
  progress: (event: ProgressEvent) => void;
  now: () => Date;
  /** Ends the job after the batch of images at hand, with nothing written; the signal's reason is thrown. */
  signal?: AbortSignal;
  /** The report that `baseline` names, where this door has read it already. */
  baseline?: Baseline;
  /** The plan of jobs that this run is one of. */
  plan?: string;
  /** Asked before a model is opened. Throws GoodnetError for one that this door does not let in. */
  admit?: (model: string) => void;
}

/** How far a stage has come with a model: `done` of `total` images. */
export interface ProgressEvent {
  model: string;
  stage: 'ranking' | 'sweep' | 'validation' | 'test';
  done: number;
  total: number;
}

/**
 * The whole job: every model is ranked, swept, pruned, joined to GoodNets, scored and gated; repaired models and the report go to
 * `config.out`. A model that is refused stands in `errors` and the others go on; where all are refused nothing is written.
 * Throws GoodnetError for settings that no model could run with.
 */
export function run(settings: ResolvedConfig, world: World): Promise<Report> {
  return withinBudget(settings.config, world, (bounded) => runAll(settings, bounded));
}

async function runAll({ config, sources }: ResolvedConfig, world: World): Promise<Report> {
  const startedAt = world.now();
  const output = new Output(path.resolve(world.cwd, config.out), config.out);
  const models = findModels(config.models, world.cwd);
  const folders = folderNames(models);
  output.claim([...folders.flatMap((folder, i) => modelPaths(folder, models[i]!, config.checkpoints)), ...reportPaths(folders), manifestName]);
  const log = config['sarif-file'] === undefined ? null : new NewFile(config['sarif-file'], world.cwd, isOwnSarif);
  const baseline = config.baseline === undefined ? null : world.baseline ?? readBaseline(path.resolve(world.cwd, config.baseline), config.baseline);
  const threads = await openThreads(config, world);
  const outcomes: ModelOutcome[] = [];
  const errors: Report['errors'] = [];
  try {
    for (const [i, model] of models.entries()) {
      world.signal?.throwIfAborted();
      try {
        world.admit?.(model);
        outcomes.push(await defend(model, folders[i]!, config, output, { ...world, threads }, baseline));
      } catch (error) {
        if (!(error instanceof GoodnetError) || endsRun(error)) throw error;
        errors.push({ path: model, sha256: error.code === 'file-outside' ? null : hashOf(model, world.cwd), code: error.code, message: error.message });
      }
    }
    const seconds = (world.now().getTime() - startedAt.getTime()) / 1000;
    const tool = { tool: 'goodnet' as const, version: world.version, engine: config.engine, workers: threads.count, node: process.version, ...(world.plan === undefined ? {} : { plan: world.plan }) };
    const done = outcomes.map((outcome) => outcome.folder);
    const files = [...output.files.map((file) => file.path), ...reportPaths(done), manifestName];
    const report = assemble(outcomes, files, { errors, config, sources, run: { ...tool, startedAt: startedAt.toISOString(), seconds }, baselineFile: baseline?.file ?? null });
    if (outcomes.length > 0) {
      stageReport(report, reportPage(report, outcomes.map((outcome) => outcome.pictures), world.pageFolder), output);
      output.stage(manifestName, manifestText(report, output.files));
      output.publish(done);
    }
    log?.write(Buffer.from(sarif(report)));
    return report;
  } finally {
    await threads.stop();
    output.discard();
  }
}

/** SHA-256 of a refused model in hex; null where it cannot be read. */
function hashOf(model: string, cwd: string): string | null {
  try {
    const file = openFile(path.resolve(cwd, model), { file: model });
    file.close();
    return file.sha256;
  } catch {
    return null;
  }
}
