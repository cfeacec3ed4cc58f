import type { Model } from '../../models/net.ts';
/** Where a net's logits are, and what they say: the log of a share for each class, or of the odds of class 1 alone. */
export interface LogitsAt {
    id: string;
    kind: 'softmax' | 'sigmoid';
}
/**
 * The logits of a net: what its last softmax or its one sigmoid is given, or its scores where no activation bounds them.
 * Throws `no-gradient` where they are neither.
 */
export declare function logitsOf(model: Model): LogitsAt;
/** What logits come to: the loss summed over the images, its gradient, and the images given their label. */
export interface Loss {
    sum: number;
    slopes: Float32Array;
    hits: number;
}
/** Cross entropy of logits [images][classes], or [images][1] of a sigmoid; slopes are divided by `among`. */
export declare function crossEntropy(logits: Float32Array, labels: Int32Array, kind: LogitsAt['kind'], among: number): Loss;
