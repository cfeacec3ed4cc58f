import { type LayerSpec } from './spec.ts';
export declare const denseLayers: Record<string, LayerSpec>;
