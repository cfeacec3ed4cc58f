import type { SplitData } from '../../data/splits.ts';
import { type CountersOf, type Evaluator, inChunks, type Load, type Opened, type Work } from '../evaluator.ts';
import type { Parts } from '../parts.ts';
import { askedJobs } from '../remote/asking-counter.ts';
import { CountFiles } from './count-files.ts';
import { FileCounter } from './file-counter.ts';
import type { Share } from './share.ts';

export { CountFiles };

/** Sums and tallies of files that shards wrote; `local` computes all else, and what is this shard's own. */
export class Shards implements Evaluator {
  constructor(
    private readonly local: Evaluator,
    private readonly files: CountFiles,
    private readonly share: Share | null,
  ) {}

  get count(): number {
    return this.local.count;
  }

  get work(): Work {
    return this.local.work;
  }

  async open(parts: Parts, data: readonly SplitData[], load?: Load): Promise<Opened> {
    const { workers, close } = await this.local.open(parts, data, load);
    const jobOf = askedJobs(parts, data);
    const counters: CountersOf = (split, dataset) => {
      const job = { ...jobOf(split, dataset), split };
      return workers(split, dataset).map((worker) => new FileCounter(job, this.files, this.share, worker));
    };
    return { splits: inChunks(parts, data, workers, counters), workers, close };
  }

  stop(): Promise<void> {
    return this.local.stop();
  }
}
