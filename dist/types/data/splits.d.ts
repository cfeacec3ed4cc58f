import type { SplitFiles } from '../settings/split-files.ts';
import { type DataFormat, type Dataset } from './dataset.ts';
import type { DataPlace } from './stored.ts';
import type { Model } from '../models/net.ts';
/** The open data of one split, and how to open the same in another thread. */
export interface SplitData {
    files: SplitFiles;
    format: DataFormat;
    clean: Dataset;
    attacks: Map<string, Dataset>;
}
/** Opens every file of a split and checks it against the net. Closes what is open if one of them is refused. */
export declare function openSplit(files: SplitFiles, place: DataPlace, format: DataFormat, model: Model): Promise<SplitData>;
