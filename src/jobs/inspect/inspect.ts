import { withinBudget } from '../budget.ts';
import { type ChoiceReason, chooseTarget } from '../../defense/pruning/default-layer.ts';
import { type Obstacle, obstacle } from '../../defense/pruning/target.ts';
import type { Config } from '../../settings/config.ts';
import type { DataPlace } from '../../data/stored.ts';
import { GoodnetError } from '../../base/errors.ts';
import type { Model } from '../../models/net.ts';
import { type ModelPlace, openModel } from '../../models/find-models.ts';
import type { Rewrite } from '../../models/rewritten.ts';
import type { Probe } from './probe.ts';
import type { EvaluatorPlace } from '../../engine/evaluator.ts';

/** One layer of a model, and whether its channels can be pruned. */
export interface LayerInfo {
  name: string;
  className: string;
  /** Output shape without the batch axis. */
  shape: number[];
  parameters: number;
  /** Why it cannot be pruned; null if it can. */
  obstacle: Obstacle | null;
}

/** What goodnet sees in a model file, and what it would prune. */
export interface Inspection {
  path: string;
  sha256: string;
  dialect: string;
  inputShape: number[];
  classes: number;
  /** The number format that its layers declare: `float32`, or the first other one. */
  precision: string;
  ambiguousActivation: string | null;
  augmentation: string | null;
  rewritten: Rewrite | null;
  layers: LayerInfo[];
  /** The layer that would be pruned, where it would be ranked, and why; null with `problem` where there is none. */
  choice: {
    layer: string;
    prunes: 'outputs' | 'inputs';
    rankLayer: string;
    channels: number;
    reason: ChoiceReason | null;
  } | null;
  problem: string | null;
  /** How well the net answers clean images at the usual pixel ranges; null where no images were given. */
  probe: Probe | null;
}

type InspectPlace = DataPlace & ModelPlace & EvaluatorPlace;

/** Reads a model, lists its layers, and scores the config's clean images, if it names some. Throws GoodnetError. */
export function inspect(name: string, config: Config, world: InspectPlace): Promise<Inspection> {
  return withinBudget(config, world, (bounded) => look(name, config, bounded));
}

async function look(name: string, config: Config, world: InspectPlace): Promise<Inspection> {
  const { model } = await openModel(name, config, world);
  const layers = model.calls.map((call): LayerInfo => ({
    name: call.layer.name,
    className: call.layer.className,
    shape: [...call.shape],
    parameters: call.layer.weights.reduce((sum, weight) => sum + weight.values.length, 0),
    obstacle: obstacle(model, call),
  }));
  return {
    path: name,
    sha256: model.sha256,
    dialect: model.dialect,
    inputShape: [...model.inputShape],
    classes: model.classes,
    precision: model.precision,
    ambiguousActivation: model.ambiguousActivation,
    augmentation: model.augmentation,
    rewritten: model.rewritten,
    layers,
    ...choose(model, config),
    probe: config.clean === undefined ? null : await (await import('./probe.ts')).probe(model, config, world),
  };
}

function choose(model: Model, config: Config): Pick<Inspection, 'choice' | 'problem'> {
  try {
    const { target, reason } = chooseTarget(model, config);
    return {
      choice: {
        layer: target.layer.name,
        prunes: target.prunes,
        rankLayer: target.rankLayer,
        channels: target.cut.channels,
        reason,
      },
      problem: null,
    };
  } catch (error) {
    if (!(error instanceof GoodnetError) || error.code !== 'no-prunable-layer') throw error;
    return { choice: null, problem: error.message };
  }
}
