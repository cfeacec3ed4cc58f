import { type LayerSpec } from './spec.ts';
/** Keras counts the batch axis; a sample's shape here does not have it. */
export declare const concatenationAxis: (axis: number, rank: number) => number;
/** The axes over which products of two samples are added up, counted without the batch axis. */
export declare const dotAxes: (axes: number | readonly number[], ranks: readonly number[]) => number[];
/** Classes that are operations of tensors for Keras, and none of its layers. */
export declare const areOperations: ReadonlySet<string>;
export declare const mergingLayers: Record<string, LayerSpec>;
