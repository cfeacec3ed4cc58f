import type { Model } from '../../models/net.ts';
/** The least and the greatest value of a pixel as the net takes it: one for all channels, or one for each. */
export interface PixelRange {
    least: readonly number[];
    most: readonly number[];
}
/** A trigger in numbers without bounds: a [H, W, 1] gives its mask, b [H, W, C] its pattern. */
export interface TriggerParameters {
    a: Float64Array;
    b: Float64Array;
}
/** A trigger as it is stamped: x * (1 - mask) + pattern * mask. */
export interface ReversedTrigger {
    /** [H, W, 1], each from 0 to 1. */
    mask: Float32Array;
    /** [H, W, C] as the net takes pixels. */
    pattern: Float32Array;
}
/** What a trigger does to some images, and which way it gets better. */
export interface TriggerGradients {
    /** The mean cross entropy to the target class, and lambda times the sum of the mask. */
    loss: number;
    /** The share of the images that are given the target class. */
    success: number;
    a: Float64Array;
    b: Float64Array;
}
/** The trigger of some parameters, for images of `channels`. */
export declare function triggerOf({ a, b }: TriggerParameters, channels: number, { least, most }: PixelRange): ReversedTrigger;
/** Stamps a trigger on images [n, H, W, C], in place. */
export declare function stamp(images: Float32Array, { mask, pattern }: ReversedTrigger): void;
/** The sum of a mask: how large a trigger is. */
export declare const sizeOfMask: ({ mask }: ReversedTrigger) => number;
/** A net as it is, asked which way a trigger gets better. */
export declare class TriggerNet {
    private readonly passes;
    private readonly logits;
    private readonly shape;
    /** Throws `no-gradient`. */
    constructor(model: Model, edits?: ReadonlyMap<string, Float32Array>);
    /** Images [n, H, W, C] with the trigger of `parameters` on them, which is to make the net answer `target`. */
    gradients(images: Float32Array, target: number, parameters: TriggerParameters, lambda: number, range: PixelRange): TriggerGradients;
    dispose(): void;
    /** Adds what a pass finds by mask and pattern. */
    private addPass;
}
