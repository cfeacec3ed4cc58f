import type { SplitData } from '../../data/splits.ts';
import { type Evaluator, type Load, type Opened, type Work } from '../evaluator.ts';
import type { Parts } from '../parts.ts';
import { CountFiles } from './count-files.ts';
import type { Share } from './share.ts';
export { CountFiles };
/** Sums and tallies of files that shards wrote; `local` computes all else, and what is this shard's own. */
export declare class Shards implements Evaluator {
    private readonly local;
    private readonly files;
    private readonly share;
    constructor(local: Evaluator, files: CountFiles, share: Share | null);
    get count(): number;
    get work(): Work;
    open(parts: Parts, data: readonly SplitData[], load?: Load): Promise<Opened>;
    stop(): Promise<void>;
}
