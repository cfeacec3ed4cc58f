import type { Chunks } from '../../engine/chunks.ts';
import { type Halves } from '../../engine/training/draw.ts';
import type { Subject } from '../defense.ts';
/** What nets are trained on: a split of the clean validation images, the same for every training. */
export interface Ground {
    subject: Subject;
    clean: Chunks;
    halves: Halves;
    /** How many images the class with the fewest has. */
    fewest: number;
}
/** Throws `class-without-images`, for a net forgets a class that nothing reminds it of, and `half-weights`. */
export declare function groundOf(subject: Subject, clean: Chunks): Ground;
