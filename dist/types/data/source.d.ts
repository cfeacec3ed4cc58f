import type { ImageFile } from '../settings/split-files.ts';
import { type ArrayNames } from './arrays.ts';
import { type Wanted } from './folder.ts';
import type { DataPlace, Source } from './stored.ts';
/** Opens an HDF5 or .npz file, or a folder of images; `wanted` is what a net takes, where there is one. Throws GoodnetError only. */
export declare function openSource(pinned: ImageFile, general: ArrayNames, wanted: Wanted | null, { cwd, assets, tried, signal }: DataPlace): Promise<Source>;
