import type { ChunkWorker } from '../chunks.ts';
import { type AskedJob, AskingCounter, type Counted } from './asking-counter.ts';
import type { Fleet } from './fleet.ts';
/** A dataset in front of a net that evaluators are sent. */
export interface RemoteJob extends AskedJob {
    /** The chunks that are computed again here, by their number. */
    checked: ReadonlySet<number>;
    /** Who computes them. */
    local: readonly ChunkWorker[];
    /** Ends all that is asked for this dataset. */
    signal: AbortSignal;
}
/** Has chunks counted elsewhere, one at a time, by the evaluator at `home` while that answers. */
export declare class RemoteCounter extends AskingCounter<RemoteJob> {
    private readonly fleet;
    private readonly home;
    constructor(job: RemoteJob, fleet: Fleet, home: number);
    protected counted<T>(start: number, stop: number, counted: Counted<T>): Promise<T>;
}
