import type { Step } from './sweep.ts';
/** The first step at which clean validation accuracy has dropped by at least `dropPoints`; null if no step has. */
export interface Checkpoint {
    dropPoints: number;
    step: number | null;
}
/** Finds each checkpoint in the sweep's steps 0, 1, 2, ... over `images` clean images. Compared as products of counts, so that rounding cannot move one. */
export declare function checkpoints(steps: readonly Step[], images: number, drops: readonly number[]): Checkpoint[];
