import { type Edits, type Model } from '../net.ts';
import { type VoteLayer } from '../vote.ts';
/** One node of a flat graph in the dialect that Keras 2 and Keras 3 both read. */
export type FlatLayer = VoteLayer;
/**
 * GoodNet(B, B'): the class of B where B and the pruned B' agree, else class N. One flat Functional graph of ordinary layers:
 * both nets, a one-hot vote for the first maximum of each, their product, and one more output that is 1 where the product is empty.
 * Source: the CSAW-HackML-2020 lab's definition of the repaired network.
 */
export declare function goodnetLayers(model: Model, edits: Edits): FlatLayer[];
