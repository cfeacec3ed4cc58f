import { type LayerSpec } from './spec.ts';
/** Length of a transposed convolution's output along one axis, as Keras computes it. */
export declare function transposedLength(size: number, kernel: number, stride: number, mode: 'valid' | 'same', extra: number | undefined): number;
export declare const convolutionLayers: Record<string, LayerSpec>;
