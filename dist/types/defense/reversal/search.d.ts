import type { Chunks } from '../../engine/chunks.ts';
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
export interface ClassTrigger extends Searched, ReversedTrigger {
}
/** What was found in a net: figures of each class, by class, and the triggers of those in the last round. */
export interface Found {
    searched: Searched[];
    triggers: ClassTrigger[];
}
/** What a trigger is compared by. */
export type Measured = Pick<Searched, 'target' | 'steps' | 'l1' | 'success'>;
/** Some classes, each searched for so many steps, those of the rounds before among them. */
export interface Round {
    classes: number;
    steps: number;
}
/**
 * The rounds of a search in so many classes. Where there are many, each round takes the better half of those before
 * for twice the steps, and the last one no more than 16 for all 200.
 */
export declare function roundsOf(classes: number): Round[];
/** Steps of the searches for all classes together: each round goes on with those of the one before. */
export declare const searchSteps: (classes: number) => number;
/** A trigger for every class, by clean images of the others. A search depends on nothing that another finds. */
export declare function findTriggers(clean: Chunks, { classes, range, edits, kept, progress }: SearchSettings): Promise<Found>;
/** Whether a trigger works: the size of the mask of one that does not says nothing. */
export declare const works: ({ success }: Pick<Measured, "success">) => boolean;
/**
 * Orders triggers: those that were searched for more steps first, then those that work, the smaller mask first, then
 * the others, the greater success first; ties to the lower class.
 */
export declare function byPromise(a: Measured, b: Measured): number;
/** The triggers with the smallest masks of those searched for the most steps, the smallest first, ties to the lower class. */
export declare const smallest: <T extends Omit<Measured, "success">>(triggers: readonly T[], count: number) => T[];
