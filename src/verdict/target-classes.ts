import type { Split } from '../engine/split.ts';

/** Number of different labels of each attack's images: 1 for an all-to-one attack, more where true labels were stored by mistake. */
export function targetClasses({ attacks }: Split): Map<string, number> {
  return new Map([...attacks].map(([attack, { data }]) => [attack, new Set(data.labels).size]));
}
