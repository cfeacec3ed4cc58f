import { type Cut, type CutNames } from '../../engine/parts.ts';
import { type Call, type Layer, type Model } from '../../models/net.ts';
/** Which channels are pruned, where they are ranked, and where the net is cut for that. */
export interface Target {
    /** The layer whose weights are zeroed. */
    layer: Layer;
    /** Its output channels, or the rows that read each input channel (`prune-inputs-of`). */
    prunes: 'outputs' | 'inputs';
    /** The layer whose output is averaged to rank the channels. */
    rankLayer: string;
    cut: Cut;
}
/** Why the output channels of a layer cannot be pruned. */
export type Obstacle = 'no-channels' | 'used-again' | 'shared-weights' | 'yields-classes';
/** The same in a few words, of a layer of such a class. */
export declare function obstacleText(obstacle: Obstacle, className: string): string;
/** Why the layer of `call` cannot be pruned; null if it can. */
export declare function obstacle(model: Model, call: Call): Obstacle | null;
/**
 * The calls from `call` on that work on each channel alone and feed nothing else, `call` included.
 * Up to the last of them a pruned channel is a map that no image changes.
 */
export declare function channelChain(calls: readonly Call[], call: Call): Call[];
/** Prunes the output channels of `name`, ranked at `rankAt` or at the end of its channel-wise chain. */
export declare function outputsOf(model: Model, name: string, rankAt: string | null): Target;
/** The target whose cut has these names. */
export declare const targetNamed: (model: Model, { layer, of, rankAt }: CutNames) => Target;
/** The last layer that reads channels in that way, once: what yields the classes as a rule. */
export declare const lastReader: (model: Model) => Call | undefined;
/** Prunes the rows of Dense layer or convolution `name` that each channel of its input feeds. */
export declare function inputsOf(model: Model, name: string): Target;
export declare function callOf(model: Model, name: string): Call;
