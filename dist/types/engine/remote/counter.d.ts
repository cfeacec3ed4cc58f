import type { Dataset } from '../../data/dataset.ts';
import type { PixelScale } from '../../data/layout.ts';
import type { ChunkWorker, Counter } from '../chunks.ts';
import type { Parts } from '../parts.ts';
import type { Tally } from '../tally.ts';
import type { SentNet } from './connection.ts';
import type { Fleet } from './fleet.ts';
/** A dataset in front of a net that evaluators are sent. */
export interface RemoteJob {
    parts: Parts;
    net: () => Promise<SentNet>;
    images: Dataset;
    format: PixelScale;
    /** Images of a chunk, but for the last. */
    size: number;
    /** The chunks that are computed again here, by their number. */
    checked: ReadonlySet<number>;
    /** Who computes them. */
    local: readonly ChunkWorker[];
    /** Ends all that is asked for this dataset. */
    signal: AbortSignal;
}
/** Has chunks counted elsewhere, one at a time, by the evaluator at `home` while that answers. */
export declare class RemoteCounter implements Counter {
    private readonly job;
    private readonly fleet;
    private readonly home;
    constructor(job: RemoteJob, fleet: Fleet, home: number);
    sums(start: number, stop: number): Promise<Float64Array>;
    tallies(start: number, stop: number, order: Int32Array, stops: readonly number[]): Promise<Tally[]>;
    private counted;
    private question;
}
