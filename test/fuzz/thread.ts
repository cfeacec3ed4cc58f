import { parentPort, workerData } from 'node:worker_threads';
import { GoodnetError } from '../../src/base/errors.ts';
import { fuzzCases } from './cases.ts';
import { randomFrom } from './mutate.ts';

/** A thread of the fuzzer: tells of each case before it reads it, and what came of it. */
const { kind, from, to, seed, root, scratch } = workerData as {
  kind: string;
  from: number;
  to: number;
  seed: number;
  root: string;
  scratch: string;
};
const one = fuzzCases(root, scratch)[kind]!;

for (let run = from; run < to; run++) {
  const bytes = one.mutate(randomFrom(seed * 1_000_003 + run));
  parentPort!.postMessage({ run, bytes });
  const begun = process.cpuUsage();
  const answer = await one.read(bytes.slice()).then(
    () => ({ outcome: 'accepted' }),
    (error: unknown) =>
      error instanceof GoodnetError
        ? { outcome: 'refused' }
        : { outcome: 'crash', stack: error instanceof Error ? error.stack : String(error) },
  );
  const { user, system } = process.cpuUsage(begun);
  parentPort!.postMessage({ ...answer, seconds: (user + system) / 1e6 });
}
