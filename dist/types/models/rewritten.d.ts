import type { Call } from './net.ts';
/**
 * What TensorFlow's graph optimizer makes of some nets, by a rule that does not hold for them: `predict` and
 * `evaluate` run as a graph, `net(images)` does not. Seen with TensorFlow 2.21 on processors; source: `remapper.cc`
 * and `arithmetic_optimizer.cc` in tensorflow/core/grappler/optimizers, and of fractions, which XLA takes in another
 * order where a file has it compiled, `algebraic_simplifier.cc` in xla/hlo/transforms/simplifiers.
 * - `slope`: a leaky ReLU behind a convolution and a sum has the slope 0.2, whatever its own.
 * - `multiple`: the greater of a tensor and more than once it is a leaky ReLU of that slope, whichever layers made it.
 * - `gelu`, `hard_swish`: a product that is almost one of these is one; where it stands that depends on names.
 * - `mish`: a mish behind a convolution and a sum fails.
 * - `fraction`: the quotient of a quotient is divided by a product, which may leave float32.
 *
 * And onnxruntime (1.32; `fast_gelu_fusion.cc` in onnxruntime/core/optimizer):
 * - `fast_gelu`: a product that is a GELU by tanh but for a hundred thousandth of its constants is one.
 */
export declare const rewrites: readonly ["slope", "multiple", "gelu", "hard_swish", "mish", "fraction", "fast_gelu"];
export type Rewrite = (typeof rewrites)[number];
/** What onnxruntime does, and TensorFlow does not. */
export declare const ofOnnxruntime: ReadonlySet<Rewrite>;
/** The first of `rewrites` that would befall a net, which onnxruntime runs or TensorFlow; null if none would. */
export declare function rewriteOf(calls: readonly Call[], isOnnx?: boolean): Rewrite | null;
