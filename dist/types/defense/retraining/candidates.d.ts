import type { Sizes } from '../../engine/split.ts';
import type { Kind } from '../../settings/config.ts';
import { type Candidate, type Counts } from '../../verdict/figures.ts';
import type { CountedNet } from '../counted.ts';
import type { Answered, Net, Recorded, Subject } from '../defense.ts';
import { type Edits } from '../../models/net.ts';
/** What was counted of a net on each split; null where there is no such split. */
export interface CountedOn<T> {
    validation: T;
    test: T | null;
}
/** The original net as it was counted, and of how many images. */
export type Original = CountedOn<{
    counts: Counts;
    sizes: Sizes;
}>;
/** A net that was trained, by what its files are called. */
export interface Retrained {
    stage: string;
    channelsPruned: number;
    counts: CountedOn<CountedNet>;
}
/** The counts of the original, by its own answers. */
export declare function originalOf({ validation, test }: Answered): Original;
/** The counts of a trained net beside the original. */
export declare const countsOf: (original: Answered, own: Answered) => CountedOn<CountedNet>;
/** The original, then each trained net and its GoodNet. */
export declare function candidatesOf(kind: Kind, original: Original, nets: readonly Retrained[]): Candidate[];
/** The original and the nets of a kind again, by the counts of a record. */
export declare function recalledNets(kind: Kind, { candidates }: Recorded<object>): {
    original: Original;
    nets: Retrained[];
};
/** The nets of `candidatesOf`: the original, and those that were trained, with their weights. */
export declare function netsOf({ model, open }: Subject, nets: readonly Retrained[], weights: readonly Edits[]): Net[];
