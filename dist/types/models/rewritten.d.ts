import type { Call } from './net.ts';
/**
 * What TensorFlow's graph optimizer makes of some nets, by a rule that does not hold for them: `predict` and
 * `evaluate` run as a graph, `net(images)` does not. Seen with TensorFlow 2.21 on processors; source: `remapper.cc`
 * and `arithmetic_optimizer.cc` in tensorflow/core/grappler/optimizers.
 * - `slope`: a leaky ReLU behind a convolution and a sum has the slope 0.2, whatever its own.
 * - `multiple`: the greater of a tensor and more than once it is a leaky ReLU of that slope.
 * - `gelu`: a product that is almost a GELU is one.
 * - `mish`: a mish behind a convolution and a sum fails.
 */
export declare const rewrites: readonly ["slope", "multiple", "gelu", "mish"];
export type Rewrite = (typeof rewrites)[number];
/** The first of `rewrites` that would befall a net; null if none would. */
export declare function rewriteOf(calls: readonly Call[]): Rewrite | null;
