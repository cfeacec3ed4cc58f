import type { Dataset } from '../data/dataset.ts';
import type { Sizes, Split } from './sweep.ts';

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
