import type { Split } from '../engine/split.ts';
/** How many images of a dataset a net gives another class, or may give it, where its sums are rounded otherwise. */
export interface Rounded {
    /** Which net: the original with so many channels pruned. */
    channelsPruned: number;
    split: 'validation' | 'test';
    /** Null for the clean images. */
    attack: string | null;
    images: number;
    changed: number;
}
/** What is rounded otherwise: the splits, and the nets after pruning the first k channels of `order`, for each k of `steps`. */
export interface RoundingTrial {
    splits: Readonly<Partial<Record<'validation' | 'test', Split>>>;
    order: Int32Array;
    steps: readonly number[];
    /** The model file's SHA-256: which images are looked at follows from it, so that who makes a net cannot choose them. */
    sha256: string;
    signal?: AbortSignal | undefined;
}
/** Every net on up to 48 images of every dataset. */
export declare function roundOtherwise({ splits, order, steps, sha256, signal }: RoundingTrial): Promise<Rounded[]>;
