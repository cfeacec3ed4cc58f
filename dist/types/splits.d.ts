import type { SplitFiles } from './config.ts';
import { type DataFormat } from './data/dataset.ts';
import type { DataPlace } from './data/source.ts';
import type { Split } from './defense/sweep.ts';
import type { Network } from './engine/network.ts';
import type { Model } from './keras/model.ts';
/** Opens and checks every file of a split, and sets it up in front of the network. Closes what is open if one of them is refused. */
export declare function openSplit(files: SplitFiles, place: DataPlace, format: DataFormat, model: Model, network: Network): Promise<Split>;
