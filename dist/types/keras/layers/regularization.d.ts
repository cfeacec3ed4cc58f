import { type LayerSpec } from './spec.ts';
/** Layers that work in training only: in a finished net they hand their input on, whatever their options. */
export declare const trainingOnly: ReadonlySet<string>;
export declare const regularizationLayers: Record<string, LayerSpec>;
