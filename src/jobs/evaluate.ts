import { withinBudget } from './budget.ts';
import type { Config } from '../settings/config.ts';
import { dataFormat } from '../settings/data-format.ts';
import { splitFiles, splitsOf } from '../settings/split-files.ts';
import type { ResolvedConfig } from '../settings/resolve-config.ts';
import { type Figures, figuresOf } from '../verdict/figures.ts';
import { hasOtherReading } from '../data/scaled.ts';
import { dataOf, sizesOf } from '../engine/split.ts';
import { sweep } from '../defense/pruning/sweep.ts';
import { splitNet } from '../engine/parts.ts';
import { failure } from '../base/errors.ts';
import { isGoodnet } from '../models/net.ts';
import { findModels, openModel } from '../models/find-models.ts';
import { progressOf } from './progress.ts';
import { dataBytes, NetData } from './open-data.ts';
import type { Evaluator } from '../engine/evaluator.ts';
import { openEvaluators } from '../engine/open-evaluator.ts';
import { modelError } from '../report/record/model-error.ts';
import type { Report } from '../report/record/report.ts';
import type { Listener } from './listener.ts';
import type { World } from './world.ts';

/** Accuracy and ASR of one model as it stands; a GoodNet's last class counts as wrong and as no hit. */
export interface Evaluation {
  path: string;
  sha256: string;
  /** Number of outputs: N classes, or N + 1 of a GoodNet. */
  outputs: number;
  validation: Figures;
  test: Figures | null;
  /** Whether names of class folders, all of them numbers, were taken for the classes where Keras would sort them as text. */
  foldersByNumber: boolean;
}

/** Scores many models on the same data. Models that are refused, or that a bug ends, stand in `errors`. Throws GoodnetError for settings that no model could run with. */
export function evaluate(
  { config }: ResolvedConfig,
  world: World,
  listener: Listener = {},
): Promise<{ models: Evaluation[]; errors: Report['errors'] }> {
  return withinBudget(config, world, (bounded) => scoreAll(config, { ...bounded, listener }));
}

type ListenedWorld = World & { listener: Listener };

async function scoreAll(
  config: Config,
  world: ListenedWorld,
): Promise<{ models: Evaluation[]; errors: Report['errors'] }> {
  const models: Evaluation[] = [];
  const errors: Report['errors'] = [];
  const names = findModels(config.models, world.cwd);
  const evaluator = await openEvaluators(config, { ...world, dataBytes: dataBytes(splitsOf(config), world.cwd) });
  try {
    for (const name of names) {
      world.signal?.throwIfAborted();
      try {
        models.push(await score(name, config, { ...world, evaluator }));
      } catch (error) {
        errors.push(modelError(name, error, world));
      }
    }
  } finally {
    await evaluator.stop();
  }
  return { models, errors };
}

async function score(
  name: string,
  config: Config,
  world: ListenedWorld & { evaluator: Evaluator },
): Promise<Evaluation> {
  const { model } = await openModel(name, config, world);
  let foldersByNumber = false;
  const measure = async (split: 'validation' | 'test'): Promise<Figures | null> => {
    const files = splitFiles(config, split);
    if (files === null) return null;
    const data = new NetData([files], { ...dataFormat(config), rejects: isGoodnet(model) }, world);
    try {
      const [images] = await data.open(splitNet(model, null));
      foldersByNumber ||= dataOf(images!).some(hasOtherReading);
      const [step] = await sweep(images!, new Int32Array(0), [0], progressOf(name, world)(split, dataOf(images!)));
      await data.inputs(); // are what was read
      return figuresOf(step!.pruned, step!.pruned, sizesOf(images!));
    } finally {
      await data.close();
    }
  };
  const validation = await measure('validation');
  if (validation === null) throw failure('no-clean-data', name);
  const test = await measure('test');
  return { path: name, sha256: model.sha256, outputs: model.classes, validation, test, foldersByNumber };
}
