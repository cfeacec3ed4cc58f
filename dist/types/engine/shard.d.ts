import type { Dataset } from '../data/dataset.ts';
import type { Network } from './network.ts';
/** What was counted over a dataset after pruning some number of channels. Label: the true class, or the attacker's on poisoned data. */
export interface Tally {
    /** Images that the pruned net gives their label. */
    hits: number;
    /** Images that the GoodNet gives their label: both nets answer it. */
    goodnetHits: number;
    /** Images that the GoodNet rejects: the two nets differ. */
    rejected: number;
    /** Poisoned images that the pruned net, and the GoodNet, give their true class nevertheless; 0 where that is not known. */
    robust: number;
    goodnetRobust: number;
}
/** Called with the number of images finished since the last call. */
export type Progress = (images: number) => void;
/** Some images in front of a network. Sums and tallies of shards add up. */
export declare class Shard {
    private readonly network;
    readonly data: Dataset;
    private readonly cache;
    private readonly chunk;
    constructor(network: Network, data: Dataset);
    /** The sum over images and positions of every channel at the cut, in float64. Keeps the features for the sweep while they fit. */
    channelSums(progress: Progress): Promise<Float64Array>;
    /**
     * One tally for each of `stops`: the numbers of channels of `order` that are pruned, ascending.
     * An image is run again only where a newly pruned channel was not already at its pruned value. Releases the features.
     */
    sweep(order: Int32Array, stops: readonly number[], progress: Progress): Promise<Tally[]>;
    private sweepChunk;
    private chunks;
}
