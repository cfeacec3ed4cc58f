import { type LayerSpec } from './spec.ts';
export declare const convolutionLayers: Record<string, LayerSpec>;
