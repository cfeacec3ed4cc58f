import { type Call, type Model, type Shape } from '../models/net.ts';
/**
 * Where a net is cut in two: the tensor at which some channels may be off, which makes them the same whatever the
 * image.
 */
export interface Cut {
    /** The tensor: from there on the net depends on which channels are off. */
    at: string;
    /** Its channels, which are innermost. */
    channels: number;
    /** The net's calls, with an identity inserted where the cut lies between two layers. */
    calls: Call[];
    /** The layer whose channels are 0 where they are off, before its own activation. */
    zeroed: string;
    /**
     * What becomes of such zeros up to the cut: the calls from there on, that layer's activation first. None: they stay
     * zeros.
     */
    constant: Call[];
    named: CutNames;
}
/** The names that a cut was made of: whoever has the net makes the same cut of them. */
export interface CutNames {
    /** The layer that is pruned: its outputs, or what it reads. */
    layer: string;
    of: 'outputs' | 'inputs';
    /** Where outputs are ranked; null: at the end of the chain that works on each channel alone. */
    rankAt: string | null;
}
/**
 * A net in two parts: the prefix, which is the same whichever channels are off, and the suffix behind the cut. Without
 * a cut all of it is suffix.
 */
export interface Parts {
    model: Model;
    /** Null where it is not cut. */
    cut: Cut | null;
    /** The tensor between the two parts. */
    at: string;
    /** Other tensors of the prefix that the suffix reads. */
    sides: string[];
    prefix: Call[];
    /**
     * The calls of the prefix that depend on the channels that are off by what becomes of their zeros, and the others.
     */
    own: Call[];
    shared: Call[];
    /** What the former and the suffix read of the latter, or of the input. */
    known: string[];
    suffix: Call[];
    shapes: ReadonlyMap<string, Shape>;
    channels: number;
    /** Values per image at the cut; channels are innermost. */
    cutSize: number;
    /** Bytes that the features of one image take. */
    featureBytes: number;
}
export declare function splitNet(model: Model, cut: Cut | null): Parts;
/** The calls that depend on `id`, in order. */
export declare function dependents(calls: readonly Call[], id: string): Call[];
/** The calls that some tensors are computed from, in order; the model's input itself needs none. */
export declare function leadingTo(calls: readonly Call[], wanted: readonly string[]): Call[];
