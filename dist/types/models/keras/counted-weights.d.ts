import type { WeightSource } from '../build-model.ts';
import { type Saved } from './saved-weights.ts';
/** What TensorFlow 2.12 and 2.13 call `layers`. */
export declare const earlyName = "_layer_checkpoint_dependencies";
/**
 * Weights `vars/0`, `vars/1`, ... of each layer's group, as `.keras` and `.weights.h5` files keep them: groups count the classes of a net's
 * layers. Source: _load_state in keras/src/saving/saving_lib.py.
 */
export declare function countedWeights(saved: Saved): WeightSource;
