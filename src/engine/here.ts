import { Clock } from '../base/clock.ts';
import { allOf } from '../data/all-of.ts';
import type { SplitData } from '../data/splits.ts';
import { type Evaluator, inChunks, type Opened, type Work, type WorkersOf } from './evaluator.ts';
import { Network } from './network.ts';
import type { Parts } from './parts.ts';
import { phases } from './phases.ts';
import { Shard } from './shard.ts';

/** Computes on this thread, with the engine that it was started with. Needs nothing of Node's. */
export class Here implements Evaluator {
  readonly count = 1;
  readonly work: Work = { threads: 1, seconds: new Clock(phases).seconds };

  /** Puts data in front of a net. Features of all images stay in memory until they are swept. */
  open(parts: Parts, data: readonly SplitData[]): Promise<Opened> {
    const network = new Network(parts);
    const clock = new Clock(phases);
    const place = { featureBytes: Infinity, file: null, searches: null, clock };
    const shards = data.map((split) => allOf(split).map((dataset) => new Shard(network, dataset, place)));
    const close = (): Promise<void> => {
      for (const phase of phases) this.work.seconds[phase] += clock.seconds[phase];
      network.dispose();
      return Promise.resolve();
    };
    const workers: WorkersOf = (i, j) => [shards[i]![j]!];
    return Promise.resolve({ splits: inChunks(parts, data, workers), workers, close });
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }
}
