import { type Shape } from '../models/keras/layers/spec.ts';
import type { Call, Model } from '../models/keras/model.ts';
import { type Target } from './target.ts';
/** A net in two parts: the prefix, which pruning never changes, and the suffix behind the cut. Without a target all of it is suffix. */
export interface Parts {
    model: Model;
    target: Target | null;
    cut: string;
    /** Other tensors of the prefix that the suffix reads. */
    sides: string[];
    prefix: Call[];
    suffix: Call[];
    shapes: ReadonlyMap<string, Shape>;
    channels: number;
    /** Values per image at the cut; channels are innermost. */
    cutSize: number;
    /** Bytes that the features of one image take. */
    featureBytes: number;
}
export declare function splitNet(model: Model, target: Target | null): Parts;
