import type { Split } from './sweep.ts';

/** What the labels of a split tell about mistaken files, before any image is looked at. */
export interface LabelFacts {
  /** The one label that all clean images have; null if they have several. */
  onlyCleanLabel: number | null;
  /** Number of different labels of each attack's images: 1 for an all-to-one attack. */
  targetClasses: Record<string, number>;
}

export function labelFacts({ clean, attacks }: Split): LabelFacts {
  const distinct = (labels: Int32Array): number => new Set(labels).size;
  return {
    onlyCleanLabel: distinct(clean.data.labels) === 1 ? clean.data.labels[0]! : null,
    targetClasses: Object.fromEntries([...attacks].map(([attack, { data }]) => [attack, distinct(data.labels)])),
  };
}
