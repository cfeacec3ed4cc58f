import type { Dataset } from '../data/dataset.ts';
import { type Sizes, type Split } from '../engine/split.ts';
import { type CountedNet } from './counted.ts';
/** The class that a net gives each image of a dataset, and what these images are. */
interface DatasetAnswers {
    classes: Int32Array;
    data: Dataset;
}
/** The same of all datasets of a split. */
export interface SplitAnswers {
    sizes: Sizes;
    clean: DatasetAnswers;
    attacks: Map<string, DatasetAnswers>;
}
/** Asks a net for the class of every image of a split. */
export declare function answersOn(split: Split, progress: (images: number) => void): Promise<SplitAnswers>;
/** Counts a net that gave the answers `own`, and the GoodNet of it and the original. */
export declare function counted(original: SplitAnswers, own: SplitAnswers): CountedNet;
export {};
