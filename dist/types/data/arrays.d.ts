import type { Bounds } from '../base/limits.ts';
import type { Source, StoredArray } from './stored.ts';
/** How the arrays are called in a data file, and what it may ask for. */
export interface ArrayNames {
    dataName: string;
    labelName: string;
    bounds?: Bounds;
}
/** The arrays of a file by their names. */
export interface NamedArrays {
    names: readonly string[];
    array(name: string): StoredArray | null;
    close(): void;
}
/** The array that holds the true classes of poisoned images. */
export declare const trueLabelName = "true_label";
type Chosen = Pick<Source, 'data' | 'label' | 'trueLabel'>;
/** Images and labels of a file. Throws `data-missing`, `data-dtype` or `memory`. */
export declare function chosenArrays(arrays: NamedArrays, names: ArrayNames, bounds: Bounds, file: string): Chosen;
/** The arrays of a .npz file, which is decoded in memory. Throws `memory`, and what a zip is refused for. */
export declare function npzArrays(content: Uint8Array, { memoryBytes }: Bounds, file: string): NamedArrays;
export {};
