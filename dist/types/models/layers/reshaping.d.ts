import { type LayerSpec } from './spec.ts';
export declare const reshapingLayers: Record<string, LayerSpec>;
