import { workerData } from 'node:worker_threads';
import { answerCalls } from '../../base/answer-calls.ts';
import type { Shard } from '../shard.ts';
import { startEngine } from '../start-engine.ts';
import { type Job, type OpenJob, openJob } from './job.ts';
import type { ThreadSetup } from './threads.ts';

/** A thread of its own with its engine: opens one job at a time and works on chunks of it. */
const setup = workerData as ThreadSetup;
let job: OpenJob | null = null;
startEngine(setup.engine, setup).catch(() => undefined); // the first job waits for it, and tells what is wrong

/** A duty on one dataset of a split. */
const onShard =
  <const Name extends 'sums' | 'tallies' | 'answers' | 'changed'>(name: Name) =>
  (split: number, dataset: number, ...args: Parameters<Shard[Name]>): unknown =>
    (job!.shards[split]![dataset]![name] as (...args: Parameters<Shard[Name]>) => unknown)(...args);

answerCalls({
  open: async (wanted: Job) => {
    await startEngine(setup.engine, setup);
    job?.close();
    job = null;
    job = await openJob(wanted, { ...setup, readerFile: null });
  },
  close: () => {
    const seconds = job?.close();
    job = null;
    return seconds;
  },
  sums: onShard('sums'),
  tallies: onShard('tallies'),
  answers: onShard('answers'),
  changed: onShard('changed'),
});
