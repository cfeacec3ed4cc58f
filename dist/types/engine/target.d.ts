import type { Call, Layer, Model } from '../models/keras/model.ts';
/** Which channels are pruned, and where they are ranked and cut out of the net. */
export interface Target {
    /** The layer whose weights are zeroed. */
    layer: Layer;
    /** Its output channels, or the rows that read each input channel (`prune-inputs-of`). */
    prunes: 'outputs' | 'inputs';
    /** The layer whose output is averaged to rank the channels. */
    rankLayer: string;
    /** The tensor that is cached: from there on the net depends on which channels are pruned. */
    cut: string;
    channels: number;
    /** The net, with an identity inserted where the cut lies between two layers. */
    calls: Call[];
}
export declare const readersOf: (calls: readonly Call[], id: string) => Call[];
/** Why the layer of `call` cannot be pruned, in a few words; null if it can. */
export declare function obstacle(model: Model, call: Call): string | null;
/** The calls that depend on `id`, in order. */
export declare function dependents(calls: readonly Call[], id: string): Call[];
/**
 * The calls from `call` on that work on each channel alone and feed nothing else, `call` included.
 * Up to the last of them a pruned channel is a map that no image changes.
 */
export declare function channelChain(calls: readonly Call[], call: Call): Call[];
/** Prunes the output channels of `name`, ranked at `rankAt` or at the end of its channel-wise chain. */
export declare function outputsOf(model: Model, name: string, rankAt: string | null): Target;
/** Prunes the rows of Dense layer `name` that each channel of its input feeds. */
export declare function inputsOf(model: Model, name: string): Target;
export declare function callOf(model: Model, name: string): Call;
