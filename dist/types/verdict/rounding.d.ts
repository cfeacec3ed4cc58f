import type { Chunks, NearTie, Progress } from '../engine/chunks.ts';
import type { Split } from '../engine/split.ts';
/** How many images of a dataset a net gives another class, or may give it, where its sums are rounded otherwise. */
export interface Rounded {
    /** Which net: the original with so many channels pruned. */
    channelsPruned: number;
    /** What a net is called that was trained besides. */
    stage?: string;
    split: 'validation' | 'test';
    /** Null for the clean images. */
    attack: string | null;
    images: number;
    changed: number;
}
/** A net that is rounded otherwise: the splits that it stands in front of, and the channels that are off. */
export interface RoundedNet extends Pick<Rounded, 'channelsPruned' | 'stage'> {
    validation: Split;
    test: Split | null;
    off: Int32Array;
}
/** Who may end the looking, and who waits for it: told how many images are looked at, and then of each that was. */
export interface Watching {
    signal?: AbortSignal | undefined;
    progress?: (images: number) => Progress;
}
/** How many images of a dataset are looked at; and of the attacks on whose images a net would pass if nothing is found. */
export declare const looked = 48, lookedToPass = 96;
/**
 * Every net on up to 48 images of every dataset, and on up to 96 of each attack on the split `passesOn`. `sha256` is the
 * model file's: which images are looked at follows from it, so that who makes a net can only try for others. Throws the
 * reason of a signal that is aborted.
 */
export declare function roundOtherwise(nets: readonly RoundedNet[], sha256: string, passesOn: Rounded['split'] | null, { signal, progress }?: Watching): Promise<Rounded[]>;
/** All images of a dataset whose class hinges on rounding, with each list of `offs` pruned. */
export declare const nearTies: (chunks: Chunks, offs: readonly Int32Array[]) => Promise<NearTie[][]>;
