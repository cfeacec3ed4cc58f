import * as tf from '@tensorflow/tfjs-core';
import type { Edits, Model } from '../../models/net.ts';
import type { Batch, TrainingSettings } from './train.ts';
/** A net that is trained on the engine of this thread, step by step. */
export declare class Trainer {
    private readonly logits;
    private readonly passes;
    private readonly powers;
    private readonly moments;
    private readonly masks;
    private readonly from;
    constructor(model: Model, { from, masks }: Pick<TrainingSettings, 'from' | 'masks'>);
    /** Changes the weights by one step; answers the mean loss before it. */
    step(batch: Batch, rate: number): number;
    /** The mean loss of a batch, and its gradients by the paths of the weights. The caller releases them. */
    gradients({ images, labels }: Batch): {
        loss: number;
        gradients: Map<string, tf.Tensor>;
    };
    /** The weights as they are now. */
    weights(): Edits;
    dispose(): void;
}
