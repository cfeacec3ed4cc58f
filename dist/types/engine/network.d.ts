import { type Computes, type Computing } from './graph.ts';
import type { Parts } from './parts.ts';
import { RowNet } from './rows/row-net.ts';
/**
 * What the rest of the net needs of some images: the tensor at the cut, and any other tensor it reads. Row-major,
 * images first.
 */
export interface Features {
    count: number;
    cut: Float32Array;
    sides: Float32Array[];
}
export declare const batchImages = 64;
/** A net's two parts on the engine of this thread. */
export declare class Network {
    readonly parts: Parts;
    /** The cut of an image on which every channel is off: `cutSize` values. */
    readonly constant: Float32Array;
    /** The suffix as sums of weight rows, where it can be had so. */
    readonly rows: RowNet | null;
    private readonly weights;
    /** The numbers that scores near and do not leave again. */
    private readonly ends;
    /** How many images are computed at once; and how many may be, as far as memory goes. */
    readonly batch: number;
    readonly most: number;
    constructor(parts: Parts);
    /** Runs the prefix on `count` images, N,H,W,C in row-major order. */
    features(images: Float32Array, count: number): Features;
    /**
     * The class that the net answers for each of the chosen images: the first of the highest scores. Throws
     * `output-not-finite`.
     */
    classes(features: Features, chosen: Int32Array): Int32Array;
    /** The net's output rows for the chosen images, `outputs` values each. At most one batch. */
    scores(features: Features, rows: Int32Array, computing?: Computes): Float32Array;
    /**
     * The classes of some images with each list of channels in `offs` pruned and every layer computed in another way; -1
     * where the scores do not tell. All images are computed at once, and what does not depend on the channels once for
     * all lists.
     */
    otherwise(images: Float32Array, count: number, offs: readonly Int32Array[], computing: Computing): Int32Array[];
    private classesOtherwise;
    dispose(): void;
    /** The engine's copy of what `id` has for `count` images. */
    private tensor;
    /** The first of the highest scores; for a single sigmoid, whether it is above 0.5. */
    private classOf;
    /** What becomes of zeros up to the cut: the same for every image. */
    private constantOf;
}
/**
 * Sets channels of cut [images, positions, channels] to their pruned values; answers the images in which that changed
 * something.
 */
export declare function prune({ count, cut }: Features, { constant, parts: { channels, cutSize } }: Network, pruned: Int32Array): Int32Array;
