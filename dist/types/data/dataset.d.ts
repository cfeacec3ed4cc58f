import type { StampSetting } from '../config.ts';
import type { HeldFile, PinnedFile } from '../files.ts';
import type { Model } from '../keras/model.ts';
import { type Layout, type PixelScale } from './layout.ts';
import { type Resize } from './resize.ts';
import { type ArrayNames, type DataPlace, type StoredArray } from './source.ts';
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
/** Images with one label each in front of a net, read in slices. */
export interface Dataset {
    stored: StoredImages;
    inputs: DataInput[];
    /** The file that holds the images, open for other threads; null where it is none, or the clean images' own. */
    held: HeldFile | null;
    count: number;
    /** Memory that one image takes while it is read: as stored, and as the net takes it. */
    imageBytes: number;
    labels: Int32Array;
    trueLabels: Int32Array | null;
    /** Images `start` (inclusive) to `stop` (exclusive) as the net takes them: N,H,W,C, scaled. */
    images(start: number, stop: number): Float32Array;
    close(): void;
}
/** How images and labels are stored, for all data of a run. */
export interface DataFormat extends ArrayNames, PixelScale {
    layout: Layout | 'auto';
    /** How images of another size than the net's are brought to it; null: they are refused. */
    resize: Resize | null;
    /** Whether the net may be a GoodNet, whose last class no data has. */
    rejects: boolean;
}
/** Opens images and labels and checks them against the net. Throws GoodnetError only. */
export declare function openDataset(pinned: PinnedFile, format: DataFormat, model: Model, place: DataPlace): Promise<Dataset>;
/** The images of a clean dataset with a trigger on them. They are read from it: it must stay open. Throws GoodnetError only. */
export declare function stampDataset(clean: Dataset, setting: StampSetting, format: DataFormat, model: Model, place: DataPlace): Promise<Dataset>;
