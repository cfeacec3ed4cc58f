import type { Accounts } from './accounts.ts';
import type { Place } from './flatten.ts';
import type { Hdf5File } from '../../formats/hdf5.ts';
import type { Dialect } from '../layers/spec.ts';
import { type Edits, type Shape, type Weight } from '../net.ts';
/** An opened file of weights, the name that messages give it, what of it has been read, and where each layer of the net stood in the nested net. */
export interface Saved {
    hdf5: Hdf5File;
    file: string;
    accounts: Accounts;
    places: ReadonlyMap<string, Place>;
    /** The family of Keras that the net is of. */
    dialect: Dialect;
    /** Values that weights may have, by path. */
    known: Edits;
}
/** Reads one weight of a layer. Throws `layer-weights` for another type or shape than Keras writes, and for numbers that are none. */
export declare function readWeight({ hdf5, file, known }: Saved, layer: string, path: string, [name, shape]: [string, Shape]): Weight;
