import type { SplitFiles } from '../config.ts';
import { type DataFormat, type Dataset } from '../data/dataset.ts';
import type { Network } from '../engine/network.ts';
import type { Model } from '../keras/model.ts';
import type { Sizes, Split } from './sweep.ts';
/** Opens and checks every file of a split, and sets it up in front of the network. Closes what is open if one of them is refused. */
export declare function openSplit(files: SplitFiles, resolve: (file: string) => string, format: DataFormat, model: Model, network: Network): Promise<Split>;
export declare function datasetsOf(split: Split): Dataset[];
/** Numbers of images in a split. */
export declare function sizesOf(split: Split): Sizes;
