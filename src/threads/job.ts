import type { DataPlace } from '../data/source.ts';
import { Network } from '../engine/network.ts';
import { splitNet } from '../engine/parts.ts';
import { Shard } from '../engine/shard.ts';
import type { Target } from '../engine/target.ts';
import type { Model } from '../keras/model.ts';
import { allOf, openSplit, type SplitData } from '../splits.ts';
import { SpillFile } from './spill-file.ts';

/** One model and the data in front of it: what a thread needs to work on chunks. Plain data that can be sent; weights and open files are shared. */
export interface Job {
  model: Model;
  target: Target | null;
  splits: Pick<SplitData, 'files' | 'format'>[];
}

/** A job on this thread: a shard for each dataset, split by split. */
export interface OpenJob {
  shards: Shard[][];
  close: () => void;
}

/** Puts open data in front of the net on this thread's engine. */
export function startJob({ model, target }: Job, splits: readonly SplitData[]): OpenJob {
  const network = new Network(splitNet(model, target));
  const spill = new SpillFile();
  return {
    shards: splits.map((split, i) => allOf(split).map((data, j) => new Shard(network, data, spill.section(`${i}-${j}`)))),
    close: () => {
      network.dispose();
      spill.close();
    },
  };
}

/** Opens a job's data on this thread as well, and starts it. */
export async function openJob(job: Job, place: DataPlace): Promise<OpenJob> {
  const opened: SplitData[] = [];
  const closeData = (): void => opened.flatMap(allOf).forEach((data) => data.close());
  try {
    for (const { files, format } of job.splits) opened.push(await openSplit(files, place, format, job.model));
    const { shards, close } = startJob(job, opened);
    return {
      shards,
      close: () => {
        close();
        closeData();
      },
    };
  } catch (error) {
    closeData();
    throw error;
  }
}
