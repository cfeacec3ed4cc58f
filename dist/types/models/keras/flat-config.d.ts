import type { Dialect } from '../layers/spec.ts';
import type { FlatLayer } from './goodnet.ts';
/** The config of a net that is written, as one Keras writes it; that of Keras 2 is read by both. */
export declare function flatConfig(layers: readonly FlatLayer[], dialect: Dialect): object;
