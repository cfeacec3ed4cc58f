import type { WeightSource } from '../build-model.ts';
import { type Saved } from './saved-weights.ts';
/**
 * Weights by their outermost layer, as `.h5` files keep them below `root`: in the order of the layers that have some, whatever their names are.
 * Source: load_weights_from_hdf5_group in keras/src/legacy/saving/legacy_h5_format.py and tf_keras/src/saving/legacy/hdf5_format.py.
 */
export declare function legacyWeights(saved: Saved, root: string): WeightSource;
