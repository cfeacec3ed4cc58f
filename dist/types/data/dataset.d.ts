import type { FolderReading } from '../settings/config.ts';
import type { ImageFile, StampSetting } from '../settings/split-files.ts';
import type { HeldFile } from '../base/files.ts';
import type { Model } from '../models/net.ts';
import type { ArrayNames } from './arrays.ts';
import type { Layout, PixelScale } from './layout.ts';
import type { Resize } from './resize.ts';
import { type ScaledImages } from './scaled.ts';
import type { DataPlace, ReadInput } from './stored.ts';
/** Images with one label each in front of a net, read in slices. */
export interface Dataset extends ScaledImages {
    /** What it was read from, but for a file that another thread has open. */
    inputs: ReadInput[];
    /** The file that holds the images, open for other threads; null where it is none, or the clean images' own. */
    held: HeldFile | null;
    close(): void;
}
/** How images and labels are stored, for all data of a run. */
export interface DataFormat extends ArrayNames, PixelScale {
    layout: Layout | 'auto';
    /** What the names of class folders mean. */
    folders: FolderReading;
    /** How images of another size than the net's are brought to it; null: they are refused. */
    resize: Resize | null;
    /** Whether the net may be a GoodNet, whose last class no data has. */
    rejects: boolean;
}
/** Opens images and labels and checks them against the net. Throws GoodnetError only. */
export declare function openDataset(pinned: ImageFile, format: DataFormat, model: Model, place: DataPlace): Promise<Dataset>;
/** The images of a clean dataset with a trigger on them. They are read from it: it must stay open. Throws GoodnetError only. */
export declare function stampDataset(clean: Dataset, setting: StampSetting, format: DataFormat, model: Model, place: DataPlace): Promise<Dataset>;
