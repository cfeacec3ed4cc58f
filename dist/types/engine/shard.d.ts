import { Clock } from '../base/clock.ts';
import type { Dataset } from '../data/dataset.ts';
import type { Answers, NearTie, Piece, Progress, RoundingTrial } from './chunks.ts';
import { type Features, type Network } from './network.ts';
import { type Phase } from './phases.ts';
import { type Tally } from './tally.ts';
import { type NumberFile } from './training/paused-searches.ts';
import { type Reversal, type ReversalSettings } from './training/reverse.ts';
import type { Member } from './training/exchange.ts';
import { type Trained, type TrainingSettings } from './training/train.ts';
/** Where features go that are more than the memory should hold. */
export interface FeatureFile {
    put(key: number, features: Features): void;
    /** The features of `key`, once; undefined if it has none. */
    take(key: number): Features | undefined;
}
/** Where a shard keeps features between ranking and sweep, and whose time it counts. */
export interface ShardPlace {
    /** Bytes of features that stay in memory; those past it go to `file`, or are computed again. */
    featureBytes: number;
    file: FeatureFile | null;
    /** Where searches for triggers wait; null for in memory. */
    searches: NumberFile | null;
    clock: Clock<Phase>;
}
/** A dataset in front of a network on this thread. Sums and tallies of its chunks add up. */
export declare class Shard {
    private readonly network;
    private readonly data;
    private readonly place;
    private readonly cache;
    private cached;
    private readonly examples;
    private readonly paused;
    constructor(network: Network, data: Pick<Dataset, 'images' | 'labels' | 'trueLabels'>, place?: ShardPlace);
    /**
     * The sum over images `start` to `stop` and positions of every channel at the cut, float64 [channels]. Keeps the
     * features for the tallies.
     */
    sums(start: number, stop: number): Float64Array;
    /**
     * One tally of images `start` to `stop` for each of `stops`: the numbers of channels of `order` that are pruned, 0
     * first and ascending. Releases the features.
     */
    tallies(start: number, stop: number, order: Int32Array, stops: readonly number[]): Tally[];
    /** The classes that the net gives some images, piece by piece, before and after the channels `pruned` are pruned. */
    answers(pieces: readonly Piece[], pruned: Int32Array): Answers;
    /**
     * For each list of channels, the images of some trials to which the net with these pruned gives another class once its
     * sums are added in another order, that of the trial, or may give it, by what rounding does at most, as it is drawn
     * the `draw`th time.
     */
    changed(trials: readonly RoundingTrial[], offs: readonly Int32Array[], draw: number, progress?: Progress): NearTie[][];
    /** What training on these images makes of the net, by this thread alone or as a member of a team. */
    trained(settings: TrainingSettings, member: Member | null, progress?: Progress): Promise<Trained>;
    /** The smallest trigger that makes the net answer a class to these images. */
    reversed(settings: ReversalSettings): Promise<Reversal>;
    /** The two best classes of an image, with the channels `off` pruned. */
    private nearTie;
    /** Those images of a batch, for each list of channels. */
    private nearIn;
    /** A batch at a time, so that the memory never holds the pixels of a whole chunk. */
    private compute;
}
