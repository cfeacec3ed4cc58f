import type { ChunkWorker } from '../chunks.ts';
import { operationsAnImage } from '../cost.ts';
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

/** Operations a second of an evaluator that is still waited for: a core has some twenty times as many. */
const slowest = 2 ** 29;

/** Bytes of a reply besides its numbers, at most. */
const headerBytes = 2 ** 16;

/** Has chunks counted elsewhere, one at a time, by the evaluator at `home` while that answers. */
export class RemoteCounter extends AskingCounter<RemoteJob> {
  constructor(
    job: RemoteJob,
    private readonly fleet: Fleet,
    private readonly home: number,
  ) {
    super(job);
  }

  protected async counted<T>(start: number, stop: number, counted: Counted<T>): Promise<T> {
    this.fleet.believe();
    const { size, local, checked, signal } = this.job;
    const { route, read, again, bytes } = counted;
    const { net, body, data, echo } = await this.asked(start, stop, counted.counts);
    const workMs = (1000 * (stop - start) * operationsAnImage(this.job.parts)) / slowest;
    const question = { route, body, data, mostBytes: bytes + headerBytes, workMs };
    const asking = { net, question, read: (reply: Uint8Array) => read(reply, echo), areAlike };
    const told = await this.fleet.ask(asking, this.home, signal);
    const chunk = start / size;
    const here = (): T | Promise<T> => again(local[chunk % local.length]!);
    const of = this.wordsFor(start, stop);
    if ('refused' in told) {
      await here(); // where it throws that here, too, the error is the net's or the images' own
      throw this.fleet.distrust(told.by, `that it cannot count ${of}, which this machine can (${told.refused})`);
    }
    told.by.chunks++;
    if (!checked.has(chunk)) return told.value;
    const own = await here();
    if (!areAlike(own, told.value)) throw this.fleet.distrust(told.by, `other ${route} for ${of} than this machine`);
    told.by.checked++;
    return own;
  }
}

/** Whether two counts are the same numbers. */
const areAlike = (one: unknown, other: unknown): boolean => JSON.stringify(plain(one)) === JSON.stringify(plain(other));
const plain = (value: unknown): unknown => (value instanceof Float64Array ? [...value] : value);
