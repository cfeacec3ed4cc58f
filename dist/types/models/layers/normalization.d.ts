import { type LayerSpec } from './spec.ts';
export declare const normalizationLayers: Record<string, LayerSpec>;
