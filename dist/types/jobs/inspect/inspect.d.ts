import { type ChoiceReason } from '../../defense/pruning/default-layer.ts';
import { type Obstacle } from '../../defense/pruning/target.ts';
import type { Config } from '../../settings/config.ts';
import type { DataPlace } from '../../data/stored.ts';
import { type ModelPlace } from '../../models/find-models.ts';
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
export declare function inspect(name: string, config: Config, world: InspectPlace): Promise<Inspection>;
export {};
