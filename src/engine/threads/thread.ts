import { parentPort, workerData } from 'node:worker_threads';
import { GoodnetError } from '../../base/errors.ts';
import { startEngine } from '../start-engine.ts';
import { type Job, type OpenJob, openJob } from './job.ts';
import type { Answer, Call, ThreadSetup } from './remote.ts';

/** A thread of its own with its engine: opens one job at a time and works on chunks of it. */
const setup = workerData as ThreadSetup;
let job: OpenJob | null = null;
startEngine(setup.engine, setup).catch(() => undefined); // the first job waits for it, and tells what is wrong

async function answerTo({ name, args }: Call): Promise<unknown> {
  if (name === 'open') {
    await startEngine(setup.engine, setup);
    job?.close();
    job = null;
    job = await openJob(args[0] as Job, { ...setup, readerFile: null });
    return undefined;
  }
  if (name === 'close') {
    const seconds = job?.close();
    job = null;
    return seconds;
  }
  if (name === 'classes') {
    const [images, count] = args as [Float32Array, number];
    return job!.network.classes(
      job!.network.features(images, count),
      Int32Array.from({ length: count }, (_, i) => i),
    );
  }
  const [split, dataset, ...chunk] = args as [number, number, ...unknown[]];
  const shard = job!.shards[split]![dataset]!;
  if (name === 'sums') return shard.sums(...(chunk as Parameters<typeof shard.sums>));
  if (name === 'answers') return shard.answers(...(chunk as Parameters<typeof shard.answers>));
  if (name === 'changed') return shard.changed(...(chunk as Parameters<typeof shard.changed>));
  return shard.tallies(...(chunk as Parameters<typeof shard.tallies>));
}

parentPort!.on('message', (call: Call) => {
  const send = (answer: Answer): void => parentPort!.postMessage(answer);
  answerTo(call).then(
    (value) => send({ id: call.id, value }),
    (error: unknown) =>
      send(
        error instanceof GoodnetError
          ? { id: call.id, refused: [error.code, error.subject, error.reason, error.hint] }
          : { id: call.id, failed: error instanceof Error ? error : new Error(String(error)) },
      ),
  );
});
