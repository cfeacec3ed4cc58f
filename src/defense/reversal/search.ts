import type { Chunks } from '../../engine/chunks.ts';
import { searchedAStep } from '../../engine/training/draw.ts';
import type { Reversal } from '../../engine/training/reverse.ts';
import type { PixelRange, ReversedTrigger } from '../../engine/training/trigger-gradients.ts';
import type { Edits } from '../../models/net.ts';

/** Where triggers that were found are kept, for each class and number of steps. */
export interface TriggerStore {
  take(target: number, steps: number): Reversal | null;
  put(target: number, steps: number, found: Reversal): void;
}

/** What triggers are looked for in. */
export interface SearchSettings {
  classes: number;
  range: PixelRange;
  /** Weights that differ from the file's. */
  edits?: Edits;
  /** What a run that was stopped found, and where this one keeps what it finds. */
  kept?: TriggerStore;
  /** For people who wait: a counter of images, of so many. */
  progress: (of: number) => (images: number) => void;
}

/** What the longest search for a class came to. */
export interface Searched extends Omit<Reversal, 'mask' | 'pattern'> {
  target: number;
  steps: number;
  /** The size of the mask that each round found which the class was in, the last of them its `l1`. */
  sizes: number[];
}

/** The trigger of a class. */
export interface ClassTrigger extends Searched, ReversedTrigger {}

/** What was found in a net: figures of each class, by class, and the triggers of those in the last round. */
export interface Found {
  searched: Searched[];
  triggers: ClassTrigger[];
}

/** What a trigger is compared by. */
export type Measured = Pick<Searched, 'target' | 'steps' | 'l1' | 'success'>;

const firstSteps = 25,
  allSteps = 200;
/** So many classes are searched for all steps. */
const finalists = 16;
/** The success from which on the size of a mask says something. */
const workingSuccess = 0.9;

/** Some classes, each searched for so many steps, those of the rounds before among them. */
export interface Round {
  classes: number;
  steps: number;
}

/**
 * The rounds of a search in so many classes. Where there are many, each round takes the better half of those before
 * for twice the steps, and the last one no more than 16 for all 200.
 */
export function roundsOf(classes: number): Round[] {
  const rounds: Round[] = [];
  let left = classes;
  for (let steps = firstSteps; left > finalists && steps < allSteps; steps *= 2) {
    rounds.push({ classes: left, steps });
    left = Math.max(finalists, Math.ceil(left / 2));
  }
  return [...rounds, { classes: Math.min(left, finalists), steps: allSteps }];
}

/** Steps of the searches for all classes together: each round goes on with those of the one before. */
export const searchSteps = (classes: number): number =>
  roundsOf(classes).reduce((sum, round, i, rounds) => sum + round.classes * newSteps(rounds, i), 0);

const newSteps = (rounds: readonly Round[], i: number): number => rounds[i]!.steps - (rounds[i - 1]?.steps ?? 0);

/** A trigger for every class, by clean images of the others. A search depends on nothing that another finds. */
export async function findTriggers(
  clean: Chunks,
  { classes, range, edits, kept, progress }: SearchSettings,
): Promise<Found> {
  const rounds = roundsOf(classes);
  const count = progress(searchSteps(classes) * searchedAStep);
  const series = rounds.length > 1 ? clean.newSeries() : undefined;
  const searched: Searched[] = [];
  let triggers: ClassTrigger[] = [];
  let targets = Array.from({ length: classes }, (_, target) => target);
  for (const [i, { classes: most, steps }] of rounds.entries()) {
    const images = newSteps(rounds, i) * searchedAStep;
    const classes = targets.slice(0, most);
    const found = new Map(classes.map((target) => [target, kept?.take(target, steps) ?? null]));
    const missing = classes.filter((target) => found.get(target) === null);
    count((classes.length - missing.length) * images);
    await clean.reversed(
      missing.map((target) => ({ target, steps, range, ...(edits && { edits }), ...(series && { series }) })),
      (place, trigger) => {
        found.set(missing[place]!, trigger);
        kept?.put(missing[place]!, steps, trigger);
        count(images);
      },
    );
    triggers = classes.map((target) => {
      const trigger = found.get(target)!;
      return { ...trigger, target, steps, sizes: [...(searched[target]?.sizes ?? []), trigger.l1] };
    });
    for (const trigger of triggers) searched[trigger.target] = figuresOf(trigger);
    targets = triggers.sort(byPromise).map(({ target }) => target);
  }
  return { searched, triggers };
}

const figuresOf = ({ target, steps, sizes, l1, success, reached }: ClassTrigger): Searched => ({
  target,
  steps,
  sizes,
  l1,
  success,
  reached,
});

/** Whether a trigger works: the size of the mask of one that does not says nothing. */
export const works = ({ success }: Pick<Measured, 'success'>): boolean => success >= workingSuccess;

/**
 * Orders triggers: those that were searched for more steps first, then those that work, the smaller mask first, then
 * the others, the greater success first; ties to the lower class.
 */
export function byPromise(a: Measured, b: Measured): number {
  const bySize = works(a) ? a.l1 - b.l1 : b.success - a.success;
  return b.steps - a.steps || Number(works(b)) - Number(works(a)) || bySize || a.target - b.target;
}

/** The triggers with the smallest masks of those searched for the most steps, the smallest first, ties to the lower class. */
export const smallest = <T extends Omit<Measured, 'success'>>(triggers: readonly T[], count: number): T[] =>
  [...triggers].sort((a, b) => b.steps - a.steps || a.l1 - b.l1 || a.target - b.target).slice(0, count);
