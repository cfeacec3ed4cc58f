import type { Subject } from '../../defense/defense.ts';
/** Seconds that unlearning would take with so many workers, by one measured step of each kind; null where it cannot be done, or a step takes long. */
export declare function unlearningSeconds(subject: Subject, workers: number): Promise<number | null>;
