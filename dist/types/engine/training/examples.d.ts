import type { Dataset } from '../../data/dataset.ts';
import type { Examples } from './train.ts';
/** A dataset's images in any order. */
export declare function examplesOf(data: Pick<Dataset, 'images' | 'labels'>): Examples;
