import type { Model } from '../../models/net.ts';
import { type Target } from './target.ts';
/** Why a layer was chosen when none was named. */
export type ChoiceReason = 'deepest-on-every-path' | 'no-layer-on-every-path' | 'no-convolution' | 'last-prunable';
/** What the settings name, or the default; `reason` is null where the layer was named. */
export declare function chooseTarget(model: Model, named: {
    layer?: string;
    'rank-at'?: string;
    'prune-inputs-of'?: string;
}): {
    target: Target;
    reason: ChoiceReason | null;
};
/**
 * The layer to prune when none is named: the deepest rectified convolution that every path passes, if at least half of all
 * rectified convolutions lie up to it; else the inputs of the last Dense layer, or of the convolution that yields the classes by way of a mean, since
 * shortcuts carry a backdoor around any one convolution; without convolutions the last hidden Dense layer; else the last layer that can be pruned at
 * all. Throws `no-prunable-layer` where there is none.
 */
export declare function defaultTarget(model: Model): {
    target: Target;
    reason: ChoiceReason;
};
