import { type ChoiceReason } from './engine/default-layer.ts';
import type { Config } from './config.ts';
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
    choice: {
        layer: string;
        prunes: 'outputs' | 'inputs';
        rankLayer: string;
        channels: number;
        reason: ChoiceReason | null;
    } | null;
    problem: string | null;
}
/** Reads a model and lists its layers. Throws GoodnetError. */
export declare function inspect(name: string, config: Pick<Config, 'architecture' | 'layer' | 'rank-at' | 'prune-inputs-of'>, world: {
    cwd: string;
}): Promise<Inspection>;
