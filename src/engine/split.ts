import type { Dataset } from '../data/dataset.ts';
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

export function datasetsOf(split: Split): Dataset[] {
  return [split.clean, ...split.attacks.values()].map((chunks) => chunks.data);
}

/** Numbers of images in a split. */
export function sizesOf(split: Split): Sizes {
  return {
    clean: split.clean.data.count,
    poisoned: Object.fromEntries([...split.attacks].map(([name, { data }]) => [name, data.count])),
  };
}
