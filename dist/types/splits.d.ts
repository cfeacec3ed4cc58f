import type { SplitFiles } from './config.ts';
import { type DataFormat, type Dataset } from './data/dataset.ts';
import type { DataPlace } from './data/stored.ts';
import type { Model } from './keras/model.ts';
/** The open data of one split, and how to open the same in another thread. */
export interface SplitData {
    files: SplitFiles;
    format: DataFormat;
    clean: Dataset;
    attacks: Map<string, Dataset>;
}
export declare const allOf: ({ clean, attacks }: SplitData) => Dataset[];
/** Opens every file of a split and checks it against the net. Closes what is open if one of them is refused. */
export declare function openSplit(files: SplitFiles, place: DataPlace, format: DataFormat, model: Model): Promise<SplitData>;
