import { type LayerSpec } from './spec.ts';
/** Layers that work in training only: in a finished net they hand their input on, whatever their options. */
export declare const trainingOnly: ReadonlySet<string>;
/** Whether a layer changes images at random. Keras does so in `net(images)`, which is no training, and does not in `predict`. */
export declare const augments: (className: string) => boolean;
export declare const regularizationLayers: Record<string, LayerSpec>;
