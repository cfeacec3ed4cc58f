import type { Dataset } from '../data/dataset.ts';
import type { Sizes, Split } from './sweep.ts';
export declare function datasetsOf(split: Split): Dataset[];
/** Numbers of images in a split. */
export declare function sizesOf(split: Split): Sizes;
