import type { Place } from './flatten.ts';
import type { Hdf5File } from './hdf5.ts';
import type { WeightSource } from './model.ts';
/** An opened file of weights, the name that messages give it, and where each layer of the net stood in the nested net. */
interface Saved {
    hdf5: Hdf5File;
    file: string;
    places: ReadonlyMap<string, Place>;
}
/** How a file keeps its weights: by layer (`.h5`), by class counter (`.keras`, `.weights.h5`); null if it keeps none. */
export declare function weightsIn(hdf5: Hdf5File): ((saved: Saved) => WeightSource) | null;
export {};
