import { type LayerSpec } from './spec.ts';
export declare const poolingLayers: Record<string, LayerSpec>;
