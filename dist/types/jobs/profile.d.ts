import type { Work } from '../engine/evaluator.ts';
/** What the time of the main thread goes to: opening files and starting threads, waiting for the computation, in which long files are hashed, and writing. */
export declare const stages: readonly ["start", "compute", "write"];
export type Stage = (typeof stages)[number];
/** Where the time of a run went, in seconds. */
export interface Profile {
    /** Wall time by what the main thread did: these add up to the run. */
    main: Record<Stage, number>;
    /** What the threads that computed did, summed over them: `idle` is waiting for other threads and for the main thread. */
    computing: Work;
}
