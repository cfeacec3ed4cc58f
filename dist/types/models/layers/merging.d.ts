import { type LayerSpec } from './spec.ts';
/** Keras counts the batch axis; a sample's shape here does not have it. */
export declare const concatenationAxis: (axis: number, rank: number) => number;
export declare const mergingLayers: Record<string, LayerSpec>;
