import { type Bounds } from '../base/limits.ts';
import { type Wanted } from './folder.ts';
import type { ImageFile } from '../settings/split-files.ts';
import type { DataPlace, Source } from './stored.ts';
/** How the arrays are called in a data file, and what it may ask for. */
export interface ArrayNames {
    dataName: string;
    labelName: string;
    bounds?: Bounds;
}
/** Opens an HDF5 or .npz file, or a folder of images; `wanted` is what a net takes, where there is one. Throws GoodnetError only. */
export declare function openSource(pinned: ImageFile, general: ArrayNames, wanted: Wanted | null, { cwd, assets, tried, signal }: DataPlace): Promise<Source>;
