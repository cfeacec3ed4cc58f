import { type LayerSpec } from './spec.ts';
export declare const regularizationLayers: Record<string, LayerSpec>;
