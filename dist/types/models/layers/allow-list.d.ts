import { type Language, type LayerSpec } from './spec.ts';
/** Every layer class that goodnet reads; a class that is not here is refused by name. */
export declare const layerSpecs: ReadonlyMap<string, LayerSpec>;
/** The options of a layer in one spelling for all languages. Throws `layer-unsupported` or `layer-option`. */
export declare function parseOptions(file: string, name: string, className: string, config: Record<string, unknown>, language: Language): Record<string, unknown>;
/** `"float32"`, or the name inside Keras 3's DTypePolicy object. */
export declare function dtypeName(dtype: unknown): string;
