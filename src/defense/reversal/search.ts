import type { Chunks } from '../../engine/chunks.ts';
import { searchedAStep } from '../../engine/training/draw.ts';
import type { Reversal } from '../../engine/training/reverse.ts';
import type { PixelRange } from '../../engine/training/trigger-gradients.ts';
import type { Edits } from '../../models/net.ts';

/** What triggers are looked for in. */
export interface SearchSettings {
  classes: number;
  range: PixelRange;
  /** Weights that differ from the file's. */
  edits?: Edits;
  /** For people who wait: a counter of images, of so many. */
  progress: (of: number) => (images: number) => void;
}

/** The trigger of a class, and how many steps it took. */
export interface ClassTrigger extends Reversal {
  target: number;
  steps: number;
}

const steps = 200;

/** Steps of the searches for all classes together. */
export const searchSteps = (classes: number): number => classes * steps;

/** A trigger for every class, by clean images of the others. */
export async function findTriggers(
  clean: Chunks,
  { classes, range, edits, progress }: SearchSettings,
): Promise<ClassTrigger[]> {
  const targets = Array.from({ length: classes }, (_, target) => target);
  const found = await clean.reversed(
    targets.map((target) => ({ target, steps, range, ...(edits && { edits }) })),
    progress(classes * steps * searchedAStep),
  );
  return found.map((reversal, target) => ({ ...reversal, target, steps }));
}

/** The triggers with the smallest masks, the smallest first, ties to the lower class. */
export const smallest = <T extends { l1: number; target: number }>(triggers: readonly T[], count: number): T[] =>
  [...triggers].sort((a, b) => a.l1 - b.l1 || a.target - b.target).slice(0, count);
