import type { Tally } from '../engine/tally.ts';
import type { Counts, GoodNetCounts } from '../verdict/figures.ts';
/** What was counted of a net, and of the GoodNet of it and the original. */
export interface CountedNet {
    net: Counts;
    goodnet: GoodNetCounts;
}
/** What was counted on the images of an attack. */
export interface AttackTally {
    name: string;
    tally: Tally;
    knowsTrueLabels: boolean;
}
/** Tallies of a split's datasets as counts of the two nets. */
export declare function countedOf(clean: Tally, attacks: readonly AttackTally[]): CountedNet;
