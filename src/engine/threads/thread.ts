import { workerData } from 'node:worker_threads';
import { answerCalls } from '../../base/answer-calls.ts';
import type { ChunkWorker } from '../chunks.ts';
import type { Shard } from '../shard.ts';
import { startEngine } from '../start-engine.ts';
import { type Job, type OpenJob, openJob } from './job.ts';
import type { ThreadSetup } from './threads.ts';

/** A thread of its own with its engine: opens jobs and works on chunks of them. */
const setup = workerData as ThreadSetup;
const jobs = new Map<number, OpenJob>();
startEngine(setup.engine, setup).catch(() => undefined); // the first job waits for it, and tells what is wrong

/** A duty on one dataset of a split of a job. */
const onShard =
  <const Name extends keyof ChunkWorker>(name: Name) =>
  (job: number, split: number, dataset: number, ...args: Parameters<Shard[Name]>): unknown =>
    (jobs.get(job)!.shards[split]![dataset]![name] as (...args: Parameters<Shard[Name]>) => unknown)(...args);

answerCalls({
  open: async (id: number, wanted: Job) => {
    await startEngine(setup.engine, setup);
    jobs.set(id, await openJob(wanted, { ...setup, tried: true }));
  },
  close: (id: number) => {
    const seconds = jobs.get(id)!.close();
    jobs.delete(id);
    return seconds;
  },
  sums: onShard('sums'),
  tallies: onShard('tallies'),
  answers: onShard('answers'),
  changed: onShard('changed'),
  trained: onShard('trained'),
  reversed: onShard('reversed'),
});
