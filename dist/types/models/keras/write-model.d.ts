import type { Written } from '../../formats/written-bytes.ts';
import type { Dialect } from '../layers/spec.ts';
import type { Edits, Model } from '../net.ts';
/**
 * The pruned model: the input's own bytes with nothing but the pruned weights changed, so that it loads wherever the input loads.
 * A `.keras` archive keeps its own entries, all stored. `bytes` were read as a model before.
 */
export declare function writePruned(bytes: Uint8Array, edits: Edits): Promise<Uint8Array>;
/**
 * Writes the GoodNet of a model and its pruned copy as one HDF5 model of ordinary layers for Keras 2 and Keras 3; or for the Keras
 * of the model alone, where it computes what the two have no layer for.
 */
export declare function writeGoodnet(model: Model, edits: Edits, content: Written): Promise<void>;
/** The Keras that alone reads a model's GoodNets, being that of the model; null where both do. */
export declare const goodnetDialect: ({ calls, dialect }: Model) => Dialect | null;
