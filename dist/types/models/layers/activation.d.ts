import { type LayerSpec } from './spec.ts';
/**
 * Activations by name that mean the same in Keras 2 and Keras 3.
 * `hard_sigmoid` does not: its two meanings carry names of their own here.
 */
declare const names: readonly ["linear", "relu", "relu6", "elu", "selu", "gelu", "sigmoid", "hard_sigmoid", "hard_sigmoid_keras2", "tanh", "softmax", "softplus", "softsign", "swish", "silu", "exponential", "mish", "hard_silu", "log_softmax", "squareplus"];
export type ActivationName = (typeof names)[number];
export declare const activation: import("@sinclair/typebox").TUnion<import("@sinclair/typebox").TLiteral<"gelu" | "mish" | "tanh" | "hard_silu" | "softplus" | "hard_sigmoid" | "relu6" | "linear" | "softsign" | "sigmoid" | "softmax" | "relu" | "elu" | "selu" | "hard_sigmoid_keras2" | "swish" | "silu" | "exponential" | "log_softmax" | "squareplus">[]>;
/** Activations that answer zero for every negative number: what makes a channel dormant. */
export declare const rectifiers: ReadonlySet<string>;
/** An activation that reads other channels: a pruned channel is no constant behind it. */
export declare const mixesChannels: (name: unknown) => boolean;
/**
 * Gives Keras 2's `hard_sigmoid`, clip(0.2 x + 0.5), a name of its own; Keras 3's is relu6(x + 3) / 6. Both take null for `linear`; of Keras 3's two
 * names for x relu6(x + 3) / 6 there is one here.
 */
export declare function activationIn(config: Record<string, unknown>, dialect: string): Record<string, unknown>;
export declare const activationLayers: Record<string, LayerSpec>;
export {};
