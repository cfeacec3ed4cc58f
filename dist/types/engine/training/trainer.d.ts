import * as tf from '@tensorflow/tfjs-core';
import type { Edits, Model } from '../../models/net.ts';
import { type Member } from './exchange.ts';
import type { Batch, TrainingSettings } from './train.ts';
/** Gradients by the paths of the weights: of all that are trained, in the order of the net. Who has them releases them. */
type Slopes = Map<string, tf.Tensor>;
/** The loss of some images, and its gradients. */
interface Found {
    loss: number;
    gradients: Slopes;
}
/** A net that is trained on the engine of this thread, step by step: by it alone, or by a team of which it is a member. */
export declare class Trainer {
    private readonly logits;
    private readonly passes;
    private readonly powers;
    private readonly moments;
    private readonly masks;
    private readonly from;
    /** How many parts of each batch are computed here. */
    private readonly parts;
    private readonly exchange;
    constructor(model: Model, { from, masks }: Pick<TrainingSettings, 'from' | 'masks'>, member?: Member | null);
    /**
     * Changes the weights by one step; answers the mean loss before it, or the share of it that is of these images. Null
     * where another member left.
     */
    step(batch: Batch, rate: number): Promise<number | null>;
    /** The loss of images and its gradients: of two halves, each of them of two halves, and so on, added up. */
    gradients(batch: Batch, parts?: number): Found;
    /** The same of a part, in as many passes as the memory wants. */
    private ofPart;
    /** The weights as they are now. */
    weights(): Edits;
    dispose(): void;
}
export {};
