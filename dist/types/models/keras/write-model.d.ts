import { type Edits, type Model } from '../net.ts';
/**
 * The pruned model: the input's own bytes with nothing but the pruned weights changed, so that it loads wherever the input loads.
 * A `.keras` archive keeps its own entries, all stored. `bytes` were read as a model before.
 */
export declare function writePruned(bytes: Uint8Array, edits: Edits): Promise<Uint8Array>;
/** The GoodNet of a model and its pruned copy as one ordinary HDF5 model for Keras 2 and Keras 3. */
export declare function writeGoodnet(model: Model, edits: Edits): Promise<Uint8Array>;
