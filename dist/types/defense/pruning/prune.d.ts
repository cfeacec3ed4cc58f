import type { Target } from './target.ts';
import type { Edits } from '../../models/net.ts';
/** The weights of the target layer after pruning some channels: their kernel entries and biases are zero, all else is untouched. */
export declare function prunedWeights({ layer, prunes, cut: { channels } }: Target, pruned: Iterable<number>): Edits;
