import * as tf from '@tensorflow/tfjs-core';
import { type Drawn } from '../kernels/errors.ts';
/** Images side by side that are of one trial: chance has it otherwise for each trial. */
export interface ImagesOfTrial {
    trial: number;
    images: number;
}
/** What is drawn for images of these trials: by the file, anew for each `draw`. */
export declare const drawnFor: (sha256: string, groups: readonly ImagesOfTrial[], draw: number) => Drawn[];
/** A tensor [images, ...] for each world. */
export declare const wide: (tensor: tf.Tensor) => tf.Tensor;
/** What stands in one world of a tensor [worlds * images, ...]. */
export declare const ofWorld: (tensor: tf.Tensor, world: number) => tf.Tensor;
