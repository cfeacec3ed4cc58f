import type { LayerConfig } from '../build-model.ts';
/** Throws where a layer is one of Keras 1, or is quantized: what it lacks is then told better than by its first strange option. */
export declare function checkForeign({ name, className, config }: LayerConfig, file: string): void;
