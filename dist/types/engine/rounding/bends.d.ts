import * as tf from '@tensorflow/tfjs-core';
/** What a layer answers to tensors [images, ...]. */
export type Answering = (xs: tf.Tensor[]) => tf.Tensor;
/** How far the answers to numbers may be off that are at most `most` off: at either end, where two of them are off apart, and where the answer turns between. */
export declare function moved(answer: Answering, given: tf.Tensor[], most: tf.Tensor[], y: tf.Tensor, turn: number): tf.Tensor;
/** The same for a softmax: one number up and all others down, and the other way round. */
export declare function softmaxMoves(x: tf.Tensor, most: tf.Tensor): tf.Tensor;
/** The same for a log_softmax, which moves no number farther than it is off and the one that is off most. */
export declare const logSoftmaxMoves: (most: tf.Tensor) => tf.Tensor;
/** How far `answer` leaves the straight lines from `y` to its ends `up` and `down`, or these each other's. */
export declare function bowOf(answer: Answering, xs: tf.Tensor[], errors: tf.Tensor[], [up, down]: [tf.Tensor, tf.Tensor], y: tf.Tensor): tf.Tensor;
/** The same of a layer that answers each number by itself, by straight lines that break at `kinks` alone: 0 for all numbers that have none within reach. */
export declare function bowAt(kinks: readonly number[], answer: Answering, given: tf.Tensor, errors: tf.Tensor): tf.Tensor;
