import { Clock } from '../../base/clock.ts';
import type { DataPlace } from '../../data/stored.ts';
import { Network } from '../network.ts';
import { type Cut, type Parts, splitNet } from '../parts.ts';
import { type Phase, phases } from '../phases.ts';
import { Shard } from '../shard.ts';
import type { Model } from '../../models/net.ts';
import { allOf } from '../../data/all-of.ts';
import { openSplit, type SplitData } from '../../data/splits.ts';
import { SpillFile } from './spill-file.ts';

/** One model and the data in front of it: what a thread needs to work on chunks. Plain data that can be sent; weights and open files are shared. */
export interface Job {
  model: Model;
  cut: Cut | null;
  splits: Pick<SplitData, 'files' | 'format'>[];
  /** Bytes of features that this thread keeps in memory. */
  featureBytes: number;
}

/** The time of this thread, whatever jobs it has. */
const clock = new Clock(phases);

/** A job on this thread: the net, and a shard for each dataset, split by split. */
export interface OpenJob {
  network: Network;
  shards: Shard[][];
  /** Releases all that the job holds; answers the seconds that this thread spent, on whatever, since a job was closed or the first was opened. */
  close: () => Record<Phase, number>;
}

/** Opens a job's data on this thread, and starts it. */
export async function openJob(job: Job, place: DataPlace): Promise<OpenJob> {
  const opened: SplitData[] = [];
  const closeData = (): void => opened.flatMap(allOf).forEach((data) => data.close());
  try {
    for (const { files, format } of job.splits) opened.push(await openSplit(files, place, format, job.model));
    const { close, ...started } = startJob(splitNet(job.model, job.cut), opened, job.featureBytes);
    return {
      ...started,
      close: () => {
        const seconds = close();
        closeData();
        return seconds;
      },
    };
  } catch (error) {
    closeData();
    throw error;
  }
}

/** Puts open data in front of the net on this thread's engine. */
function startJob(parts: Parts, splits: readonly SplitData[], featureBytes: number): OpenJob {
  const network = new Network(parts);
  const spill = new SpillFile();
  return {
    network,
    shards: splits.map((split, i) =>
      allOf(split).map(
        (data, j) =>
          new Shard(network, data, {
            featureBytes,
            file: spill.section(`${i}-${j}`),
            searches: spill.numbers(`${i}-${j}`),
            clock,
          }),
      ),
    ),
    close: () => {
      clock.lap('idle');
      network.dispose();
      spill.close();
      return clock.take();
    },
  };
}
