import type { Step } from './sweep.ts';
/** The first step at which clean validation accuracy has dropped by at least `dropPoints`; null if no step has. */
export interface Checkpoint {
    dropPoints: number;
    step: number | null;
}
/**
 * Finds each checkpoint in the sweep's steps 0, 1, 2, ... over `images` clean images. A quotient of counts that equals a decimal X
 * rounds to the same number as X itself, so that rounding cannot move a checkpoint.
 */
export declare function checkpoints(steps: readonly Step[], images: number, drops: readonly number[]): Checkpoint[];
