import { type Weight } from './net.ts';
/** One layer of a graph, and which it reads. */
export interface VoteLayer {
    name: string;
    className: string;
    options: Record<string, unknown>;
    weights: Weight[];
    inputs: string[];
}
/**
 * What joins two nets, each with so many `outputs`, to a GoodNet: a one-hot vote for the first maximum of each, their product, and one
 * more output that is 1 where the product is empty. Ordinary layers, exact for ties.
 */
export declare function agreement(outputs: number, nets: readonly [original: string, pruned: string]): VoteLayer[];
