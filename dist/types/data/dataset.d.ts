import { type PinnedFile } from '../files.ts';
import type { Model } from '../keras/model.ts';
import { type Layout } from './layout.ts';
/** Images with one label each, read in slices. */
export interface Dataset {
    file: string;
    sha256: string;
    /** Size of the file. */
    bytes: number;
    /** Number of images. */
    count: number;
    /** Class index of each image: the true class, or the attacker's target on poisoned data. */
    labels: Int32Array;
    /** Images `start` (inclusive) to `stop` (exclusive) as the net takes them: N,H,W,C, scaled. */
    images(start: number, stop: number): Float32Array;
    close(): void;
}
/** How images and labels are stored, for all data files of a run. */
export interface DataFormat {
    dataName: string;
    labelName: string;
    layout: Layout | 'auto';
    /** Multiplied into every pixel. */
    scale: number;
}
/** Opens an HDF5 file of images and labels and checks it against the net. `path` is where `pinned.file` stands. Throws GoodnetError only. */
export declare function openDataset(path: string, pinned: PinnedFile, format: DataFormat, model: Model): Promise<Dataset>;
