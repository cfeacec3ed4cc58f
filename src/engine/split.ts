import type { Dataset } from '../data/dataset.ts';
import { allOf } from '../data/all-of.ts';
import type { Chunks } from './chunks.ts';

/** The datasets of one split: clean images, and the poisoned images of each attack by its name. */
export interface Split {
  clean: Chunks;
  attacks: Map<string, Chunks>;
}

/** Numbers of images in a split, by dataset: what every count is to be divided by. */
export interface Sizes {
  clean: number;
  poisoned: Record<string, number>;
}

/** The data of a split, without the net that it stands in front of. */
export const dataOf = (split: Split): Dataset[] => allOf(split).map(({ data }) => data);

/** Numbers of images in a split. */
export function sizesOf(split: Split): Sizes {
  return {
    clean: split.clean.data.count,
    poisoned: Object.fromEntries([...split.attacks].map(([name, { data }]) => [name, data.count])),
  };
}
