import { failure } from '../../base/errors.ts';
import type { ChunkWorker } from '../chunks.ts';
import { type AskedJob, AskingCounter, type Counted } from '../remote/asking-counter.ts';
import type { CountFiles } from './count-files.ts';
import { type Share, shardPhases } from './share.ts';

/** Thrown where all is counted that a shard has to. */
export class ShardDone extends Error {}

/** A dataset in front of a net, and the place of its split. */
export interface FileJob extends AskedJob {
  split: number;
}

/** Takes counts of chunks from files. What is its share is counted and written; the rest of that phase is nothing. */
export class FileCounter extends AskingCounter<FileJob> {
  constructor(
    job: FileJob,
    private readonly files: CountFiles,
    private readonly share: Share | null,
    private readonly worker: ChunkWorker,
  ) {
    super(job);
  }

  /** Throws `shard-missing`, `shard-damaged`, and `ShardDone`. */
  protected async counted<T>(start: number, stop: number, counted: Counted<T>): Promise<T> {
    const { share } = this;
    const phase = counted.route === 'sums' ? 'rank' : this.job.split === 0 ? 'sweep' : 'test';
    const isLater = share !== null && shardPhases.indexOf(phase) > shardPhases.indexOf(share.phase);
    if (isLater) throw new ShardDone();
    const chunk = start / this.job.size;
    const isCounting = phase === share?.phase;
    if (isCounting && chunk % share.of !== share.index) return counted.none();
    const { echo } = await this.asked(start, stop, counted.counts);
    const name = await this.files.nameOf(counted.route, echo.request);
    const found = this.files.read(name);
    if (found !== null) {
      try {
        return counted.read(found, echo);
      } catch (error) {
        throw failure('shard-damaged', name, { cause: (error as Error).message });
      }
    }
    if (!isCounting) throw failure('shard-missing', this.wordsFor(start, stop), { phase, chunk: chunk + 1 });
    const own = await counted.again(this.worker);
    this.files.write(name, counted.write(echo, own));
    return own;
  }
}
