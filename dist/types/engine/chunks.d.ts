import type { Dataset } from '../data/dataset.ts';
import type { Parts } from './parts.ts';
import type { Tally } from './tally.ts';
import type { Reversal, ReversalSettings } from './training/reverse.ts';
import { type Trains } from './training/team.ts';
import type { Trained, TrainingSettings } from './training/train.ts';
/** Images of a dataset in a row: from `start` to before `stop`. */
export type Piece = readonly [start: number, stop: number];
/** What a thread does with images `start` to `stop` of a dataset, or with all of it. */
export interface ChunkWorker extends Trains {
    sums(start: number, stop: number): Float64Array | Promise<Float64Array>;
    tallies(start: number, stop: number, order: Int32Array, stops: readonly number[]): Tally[] | Promise<Tally[]>;
    answers(pieces: readonly Piece[], pruned: Int32Array): Answers | Promise<Answers>;
    changed(trials: readonly RoundingTrial[], offs: readonly Int32Array[], draw: number, progress?: Progress): NearTie[][] | Promise<NearTie[][]>;
    reversed(settings: ReversalSettings): Promise<Reversal>;
}
/** Who makes sums and tallies of chunks, each of which needs no other. */
export type Counter = Pick<ChunkWorker, 'sums' | 'tallies'>;
/** Images whose sums are rounded in one of the ways that there are. */
export interface RoundingTrial {
    trial: number;
    pieces: readonly Piece[];
}
/** An image to which a net may give another class where its sums are rounded otherwise. */
export interface NearTie {
    image: number;
    /** The two best, the better first. */
    classes: [number, number];
    /** How far apart their scores lie; for a single sigmoid, how far from 0.5. */
    apart: number;
}
/** The classes that the original net and a pruned one give some images. */
export type Answers = [original: Int32Array, pruned: Int32Array];
/** Called with the number of images finished since the last call. */
export type Progress = (images: number) => void;
/** How many images of `data` make a chunk: that depends on the net and the data alone, since sums are added chunk by chunk. */
export declare function chunkSize(parts: Parts, { imageBytes }: Dataset): number;
/** How many chunks so many bytes of data make at least, whatever net they are for: where no image is larger than a chunk. */
export declare const leastChunks: (dataBytes: number) => number;
/**
 * A dataset in front of a net, cut into chunks that workers take in turn. Chunks do not depend on the number of
 * workers, and their results are joined in order: so are all figures the same for any number.
 */
export declare class Chunks {
    readonly data: Dataset;
    private readonly size;
    private readonly workers;
    private readonly counters;
    /** How many may train together at most. */
    private readonly members;
    /** Who made sums or tallies of each chunk. */
    private readonly owners;
    private series;
    /** Who searched for the trigger of a class, in the last series. */
    private readonly searchers;
    constructor(data: Dataset, size: number, workers: readonly ChunkWorker[], counters?: readonly Counter[], 
    /** How many may train together at most. */
    members?: number);
    /** The sum over images and positions of every channel at the cut, in float64. */
    channelSums(progress: Progress): Promise<Float64Array>;
    /** One tally for each of `stops`: the numbers of channels of `order` that are pruned, ascending. */
    sweep(order: Int32Array, stops: readonly number[], progress: Progress): Promise<Tally[]>;
    /** The class that the net gives each image, before anything is pruned. */
    classes(progress: Progress): Promise<Int32Array>;
    /** What training on these images makes of the net, by several workers together. */
    trained(settings: TrainingSettings, progress: Progress): Promise<Trained>;
    /** The number of a new series of searches: all of one net, each of which goes on from the steps that it made. */
    newSeries(): number;
    /**
     * A trigger for each of `searches`, which workers take in turn, those first that they can go on with; `told` of each
     * as it is found.
     */
    reversed(searches: readonly ReversalSettings[], told: (place: number, found: Reversal) => void): Promise<Reversal[]>;
    /** What the nets before and after pruning `pruned` answer for some images, a few of them. */
    answers(pieces: readonly Piece[], pruned: Int32Array): Promise<Answers>;
    /**
     * The images to which the net with each list of `offs` pruned gives another class, or may give it, where its sums are
     * rounded otherwise: in each of `trials` in another way, and by errors that are others for each `draw`.
     */
    changed(trials: readonly (readonly Piece[])[], offs: readonly Int32Array[], draw?: number, progress?: Progress): Promise<NearTie[][]>;
    private counted;
    /**
     * The work on each chunk, in the order of the chunks. A worker takes again what it had before, since it may have kept
     * the features.
     */
    private each;
}
