import type { Dialect } from '../layers/spec.ts';
import type { Topology } from '../build-model.ts';
import type { Net } from './topology.ts';
/** Where a layer of the flat net stands in the nested one, which is how files keep its weights. */
export interface Place {
    /** Names from the outermost net's layer inwards. */
    names: string[];
    /** Its group in Keras 3's own format, which counts classes: `layers/functional/layers/conv2d_1`. */
    group: string;
    /** Whether each Keras counts its weights among those that are trained, which stand first in a net's group. */
    trainable: Record<Dialect, boolean>;
}
/**
 * One flat net that computes what the nested one does. Layers of a net inside are named `outer/inner`; a net that is used
 * twice is its layers used twice. Throws `model-config`.
 */
export declare function flatten(net: Net, file: string): {
    topology: Topology;
    places: Map<string, Place>;
};
