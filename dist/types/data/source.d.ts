import { type HeldFile, type PinnedFile } from '../files.ts';
import { type Hdf5Array } from '../keras/hdf5.ts';
import { type Bounds } from '../limits.ts';
import { type Wanted } from './folder.ts';
import type { Layout } from './layout.ts';
/** Images or labels as they are stored, whatever holds them: read by rows of the first axis. */
export type StoredArray = Hdf5Array;
/** A file or folder of data: its images and labels as they are stored. */
export interface Source {
    readonly file: string;
    readonly sha256: string;
    /** The file that is open; null for a folder. */
    readonly held: HeldFile | null;
    /** Size of the file, or of all files of the folder. */
    readonly bytes: number;
    /** The layout where the source has one of its own; null where the format must say. */
    readonly layout: Layout | null;
    readonly data: StoredArray;
    readonly label: StoredArray;
    /** The true classes of poisoned images, where they are stored as `true_label`. */
    readonly trueLabel: StoredArray | null;
    close(): void;
}
/** How the arrays are called in a data file, and what it may ask for. */
export interface ArrayNames {
    dataName: string;
    labelName: string;
    bounds?: Bounds;
}
/** The world around data. */
export interface DataPlace {
    /** Folder that relative paths start from. */
    cwd: string;
    /** Folder of the JPEG decoder's .wasm file, with a slash at its end. */
    decoderFolder: string;
    /** The bundle that tries HDF5 files in a thread of its own; null in a thread that is given files which are open and tried. */
    readerFile: string | null;
    /** Ends the reading of large files; its reason is thrown. */
    signal?: AbortSignal;
}
/** Opens an HDF5 or .npz file, or a folder of images; `wanted` is what a net takes, where there is one. Throws GoodnetError only. */
export declare function openSource(pinned: PinnedFile, names: ArrayNames, wanted: Wanted | null, { cwd, decoderFolder, readerFile, signal }: DataPlace): Promise<Source>;
