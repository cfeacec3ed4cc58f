import type { Plan } from './plan.ts';
/**
 * The suffix of a net for one image at a time. Layers that read the cut are updated by what pruning changed there.
 * Those behind them are computed for some steps of the image together, from the weight rows of those inputs that are
 * not zero in each of them, which are few behind a ReLU.
 */
export declare class RowNet {
    private readonly plan;
    private readonly cut;
    private readonly classes;
    /** How many steps are computed together. */
    readonly together: number;
    private readonly rows;
    private readonly float32;
    private readonly float64;
    private readonly int32;
    /** Where each tensor lies: [together] rows of a padded size. */
    private readonly at;
    private readonly summed;
    private readonly placed;
    /** The largest weight of what reads the cut. */
    private readonly heaviest;
    /** Changes at the cut, or inputs that are not zero. */
    private readonly index;
    private readonly value;
    private readonly out;
    private kept;
    /** The largest change of this image's cut so far, and the largest magnitude there. */
    private changed;
    private magnitude;
    /** How large the cut may be without any number behind it leaving float32. */
    private readonly most;
    constructor(plan: Plan, cut: string, classes: number);
    /** Weights [rows][columns] as [blocks][rows][16], with the share of each input. */
    private pack;
    /** Weights as they are, rows padded; and of each position which outputs read it with which weight row. */
    private listReaders;
    /** Starts an image with its values at the cut. */
    begin(cut: Float32Array): void;
    /** Brings channels of `cut` [positions, channels] to their pruned values, here and in place; answers whether that changed anything. */
    prune(cut: Float32Array, constant: Float32Array, channels: number, pruned: Int32Array): boolean;
    /** Keeps the image as it stands, with `cut`, for `answers`: at most `together` times. */
    keep(cut: Float32Array): void;
    /**
     * The class of the image each time it was kept: the first of the highest scores; -1 where rounding could decide, or
     * a number may not be finite.
     */
    answers(): number[];
    /** The cut as it was kept. */
    cutOf(row: number): Float32Array;
    private positionsOf;
    private stepOf;
    private rowOf;
    /** How many numbers the kept rows of a tensor have. */
    private numbersOf;
    private add;
    private multiply;
    /** How many of the `count` inputs that were found lie below `least`. */
    private below;
    /** Writes down a change at the cut, the `count`th, by `value` to what it is `now`. */
    private note;
    /** Adds the `count` changes that were noted to all that is kept of the cut. */
    private change;
}
