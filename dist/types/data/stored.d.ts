import type { Hash, HeldFile } from '../base/files.ts';
import type { Hdf5Array } from '../formats/hdf5.ts';
import type { Layout } from './layout.ts';
/** Images or labels as they are stored, whatever holds them: read by rows of the first axis. */
export type StoredArray = Hdf5Array;
/** A file or folder of data: its images and labels as they are stored. */
export interface Source {
    readonly file: string;
    /** Null for a file that another thread has open. */
    readonly sha256: Hash | null;
    /** The file that is open; null for a folder. */
    readonly held: HeldFile | null;
    /** Size of the file, or of all files of the folder. */
    readonly bytes: number;
    /** The layout where the source has one of its own; null where the format must say. */
    readonly layout: Layout | null;
    readonly data: StoredArray;
    readonly label: StoredArray;
    /** What the names of class folders say in their other reading; null where there is none, or a setting decides. */
    readonly otherLabel: StoredArray | null;
    /** The true classes of poisoned images, where they are stored as `true_label`. */
    readonly trueLabel: StoredArray | null;
    close(): void;
}
/** Images with one label each, as they are stored. */
export interface StoredImages {
    /** What messages name. */
    file: string;
    data: StoredArray;
    layout: Layout;
    /** Whether pixels are known to be 0..255: image files and integers of that range. */
    byteUnits: boolean;
    /** Class index of each image: the true class, or the attacker's target on poisoned data. */
    labels: Int32Array;
    /** The same in the other reading of class folders' names; null where there is none. */
    otherLabels: Int32Array | null;
    /** The true class of each image; null on poisoned data that does not tell. */
    trueLabels: Int32Array | null;
}
/** A file or folder that images came from. */
export interface DataInput {
    file: string;
    sha256: string;
    bytes: number;
    /** Number of images. */
    samples: number;
}
/** The same while its hash may still be taken. */
export type ReadInput = Omit<DataInput, 'sha256'> & {
    sha256: Hash;
};
/** The world around data. */
export interface DataPlace {
    /** Folder that relative paths start from. */
    cwd: string;
    /** Folder of the reader's bundle and of the decoders' .wasm files, with a slash at its end. */
    assets: string;
    /** In a thread that is given files which are open and tried: HDF5 files are not tried in a thread of their own. */
    tried?: boolean;
    /** Ends the reading of large files; its reason is thrown. */
    signal?: AbortSignal;
}
