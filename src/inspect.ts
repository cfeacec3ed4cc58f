import { type ChoiceReason, chooseTarget } from './engine/default-layer.ts';
import { obstacle } from './engine/target.ts';
import { openModel } from './models.ts';
import type { Config } from './config.ts';
import { GoodnetError } from './errors.ts';

/** One layer of a model, and whether its channels can be pruned. */
export interface LayerInfo {
  name: string;
  className: string;
  /** Output shape without the batch axis. */
  shape: number[];
  parameters: number;
  /** Why it cannot be pruned; null if it can. */
  obstacle: string | null;
}

/** What goodnet sees in a model file, and what it would prune. */
export interface Inspection {
  path: string;
  sha256: string;
  dialect: string;
  inputShape: number[];
  classes: number;
  layers: LayerInfo[];
  /** The layer that would be pruned, where it would be ranked, and why; null with `problem` where there is none. */
  choice: { layer: string; prunes: 'outputs' | 'inputs'; rankLayer: string; channels: number; reason: ChoiceReason | null } | null;
  problem: string | null;
}

/** Reads a model and lists its layers. Throws GoodnetError. */
export async function inspect(name: string, config: Pick<Config, 'architecture' | 'layer' | 'rank-at' | 'prune-inputs-of'>, world: { cwd: string }): Promise<Inspection> {
  const { model } = await openModel(name, config, world);
  const layers = model.calls.map((call): LayerInfo => ({
    name: call.layer.name, className: call.layer.className, shape: [...call.shape],
    parameters: call.layer.weights.reduce((sum, weight) => sum + weight.values.length, 0), obstacle: obstacle(model, call),
  }));
  const found = { path: name, sha256: model.sha256, dialect: model.dialect, inputShape: [...model.inputShape], classes: model.classes, layers };
  try {
    const { target, reason } = chooseTarget(model, config);
    return { ...found, choice: { layer: target.layer.name, prunes: target.prunes, rankLayer: target.rankLayer, channels: target.channels, reason }, problem: null };
  } catch (error) {
    if (!(error instanceof GoodnetError) || error.code !== 'no-prunable-layer') throw error;
    return { ...found, choice: null, problem: error.message };
  }
}
