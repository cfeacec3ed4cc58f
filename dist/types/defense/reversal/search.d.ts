import type { Chunks } from '../../engine/chunks.ts';
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
/** A trigger for every class, by clean images of the others. */
export declare function findTriggers(clean: Chunks, { classes, range, edits, progress }: SearchSettings): Promise<ClassTrigger[]>;
/** The triggers with the smallest masks, the smallest first, ties to the lower class. */
export declare const smallest: <T extends {
    l1: number;
    target: number;
}>(triggers: readonly T[], count: number) => T[];
