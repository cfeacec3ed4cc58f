import type { Plan } from './plan.ts';
/**
 * The suffix of a net for one image at a time. Layers that read the cut are updated by what pruning changed there; the layers behind
 * them add up the weight rows of those inputs that are not zero, which are few behind a ReLU.
 */
export declare class RowNet {
    private readonly plan;
    private readonly cut;
    private readonly classes;
    private readonly memory;
    private readonly rows;
    private readonly float32;
    private readonly float64;
    private readonly int32;
    private readonly at;
    private readonly linears;
    /** Lists of inputs: those found in a tensor, and those that one output position takes of them. */
    private readonly found;
    private readonly taken;
    private readonly out;
    /** The largest terms of this image's sums: ever, of those that are kept, and at present, of the others. */
    private kept;
    /** The largest magnitude at the cut, and how large it may be without any number behind it leaving float32. */
    private largest;
    private readonly most;
    private present;
    constructor(plan: Plan, cut: string, classes: number);
    /** Starts an image with its values at the cut. */
    begin(cut: Float32Array): void;
    /** Brings channels of `cut` [positions, channels] to their pruned values, here and in place; answers whether that changed anything. */
    prune(cut: Float32Array, constant: Float32Array, channels: number, pruned: Int32Array): boolean;
    /** The class of the image as it stands: the first of the highest scores; -1 where rounding could decide, or a number may not be finite. */
    answer(): number;
    private add;
    private multiply;
    /** Adds the `count` changes that were found at the cut to all that is kept of it. */
    private change;
    /** For each output position of a layer: lists in `taken` the weight rows that the found inputs count for, and their values. */
    private eachOutput;
}
