import { percent } from './metrics.ts';
import type { Split } from '../engine/split.ts';

/** Poisoned images that are the target class's own. `floor` is their share in percent. */
export interface AsrFloor {
  attack: string;
  images: number;
  floor: number;
}

/**
 * Attacks whose poisoned file was stamped on every clean image, the target class's own included: those keep the attacker's label
 * without any backdoor. Seen by the true labels, where they are known (stamping leaves the target class out), else where a poisoned file has as many images as the clean one and a single label.
 */
export function asrFloors({ clean, attacks }: Split): AsrFloor[] {
  return [...attacks].flatMap(([attack, { data }]): AsrFloor[] => {
    if (data.trueLabels !== null)
      return floorOf(attack, data.labels.filter((label, i) => label === data.trueLabels![i]).length, data.count);
    const target = data.labels[0]!;
    if (data.count !== clean.data.count || !data.labels.every((label) => label === target)) return [];
    return floorOf(attack, clean.data.labels.filter((label) => label === target).length, data.count);
  });
}

const floorOf = (attack: string, images: number, all: number): AsrFloor[] =>
  images === 0 ? [] : [{ attack, images, floor: percent(images, all)! }];
