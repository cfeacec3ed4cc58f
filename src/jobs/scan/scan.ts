import path from 'node:path';
import { checkerInPlace } from '../../base/schema.ts';
import type { Evaluator } from '../../engine/evaluator.ts';
import { engineHere } from '../../engine/kernels/product-code.ts';
import { openEvaluator } from '../../engine/open-evaluator.ts';
import { findModels, folderNames } from '../../models/find-models.ts';
import { Output } from '../../output/output.ts';
import { scanPage } from '../../report/html/write-page.ts';
import { modelError } from '../../report/record/model-error.ts';
import type { Report } from '../../report/record/report.ts';
import { assembleScan, type Scan, scanName, scanSchema, scanText } from '../../report/record/scan.ts';
import { namedFiles } from '../../settings/file-settings.ts';
import type { ResolvedConfig } from '../../settings/resolve-config.ts';
import { splitFiles } from '../../settings/split-files.ts';
import { withinBudget } from '../budget.ts';
import type { Listener } from '../listener.ts';
import { dataBytes } from '../open-data.ts';
import { runRecord } from '../run-record.ts';
import type { World } from '../world.ts';
import { Keeper } from '../defend/resume.ts';
import type { RunOptions } from '../defend/run-options.ts';
import { type NetScan, scanNet } from './net.ts';
import { netFiles } from './pictures.ts';

/** What a door decides of a scan, beside the settings. */
type ScanOptions = Pick<RunOptions, 'resume' | 'admit'>;

const check = checkerInPlace(scanSchema);
const pageName = 'report.html';

/**
 * Looks for backdoor triggers that nobody told of: reverses one for each class of each model. What it finds goes to
 * `config.out`. A model that is refused, or that a bug ends, stands in `errors` and the others go on; where none is
 * left nothing is written. Throws GoodnetError for settings that no model could be scanned with.
 */
export function scan(
  settings: ResolvedConfig,
  world: World,
  options: ScanOptions = {},
  listener: Listener = {},
): Promise<Scan> {
  return withinBudget(settings.config, world, (bounded) => scanAll(settings, bounded, options, listener));
}

async function scanAll(
  settings: ResolvedConfig,
  world: World,
  { resume, admit }: ScanOptions,
  listener: Listener,
): Promise<Scan> {
  const { config } = settings;
  const startedAt = world.now();
  const output = new Output(path.resolve(world.cwd, config.out), config.out);
  let evaluator: Evaluator | undefined;
  try {
    output.open(resume);
    const models = findModels(config.models, world.cwd);
    const folders = folderNames(models);
    output.claim([...folders.flatMap((folder) => netFiles.map((name) => `${folder}/${name}`)), pageName, scanName]);
    const clean = splitFiles({ ...config, attacks: {} }, 'validation');
    evaluator = await openEvaluator(config, { ...world, dataBytes: dataBytes(clean ? [clean] : [], world.cwd) });
    const scanned: NetScan[] = [];
    const keeper = new Keeper(output, settings, null, world);
    const errors: Report['errors'] = [];
    for (const [i, name] of models.entries()) {
      world.signal?.throwIfAborted();
      try {
        admit?.(name);
        const kept = keeper.triggersOf(name, folders[i]!)(1);
        scanned.push(await scanNet(name, folders[i]!, settings, output, { ...world, evaluator, listener, kept }));
      } catch (error) {
        errors.push(modelError(name, error, world));
        output.unstage(folders[i]!);
      }
    }
    await evaluator.stop();
    const run = runRecord(world, startedAt, { engine: engineHere(config.engine), workers: evaluator.count });
    const files = [...output.files.map((file) => file.path), pageName, scanName];
    const found = assembleScan(scanned, files, { errors, ...settings, run });
    if (scanned.length > 0) stageRecord(found, scanned, output);
    const gone = output.publish([...models, ...namedFiles(config)].map((file) => path.resolve(world.cwd, file)));
    if (gone.length > 0) listener.replaced?.(gone);
    return found;
  } finally {
    await evaluator?.stop();
    if (!resume) output.discard();
    else if (output.suspend()) listener.resumed?.({ kind: 'kept', models: 0, of: settings.config.models.length });
  }
}

/** Stages what tells of the other files; scan.json is the last to appear. */
function stageRecord(found: Scan, scanned: readonly NetScan[], output: Output): void {
  const checked = check(found);
  if ('problem' in checked) throw new Error(`The scan does not fit its schema: ${checked.problem}`);
  const pictures = scanned.map((each) => each.pictures);
  output.stage(pageName, scanPage(found, pictures));
  output.stage(scanName, scanText(found));
}
