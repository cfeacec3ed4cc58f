import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { startEngine } from '../../src/engine/start-engine.ts';
import { answersOf, hinges, type Written, written } from './answers.ts';

/** What goodnet is asked: a file, with its architecture where it has one apart, and which repaired models are to be written of it. */
interface Task {
  path: string;
  architecture: string | null;
  write: Written['kind'][];
  /** Whether nothing is asked but whether its classes hinge on rounding. */
  rounding?: boolean;
}

/** The reader and the engine in a thread: answers for one file after the other what goodnet makes of it. */
const { assets } = workerData as { assets: string };
await startEngine('wasm', { assets });

const file = (name: string) => ({ name: path.basename(name), bytes: new Uint8Array(readFileSync(name)) });

async function answer(task: Task): Promise<object> {
  const architecture = () => (task.architecture === null ? null : file(task.architecture));
  const read = await answersOf(file(task.path), architecture());
  if ('refused' in read) return read;
  const { model, ...answers } = read;
  if (task.rounding === true) return { hinges: hinges(model.model) };
  const ending = /(\.weights\.h5|\.keras)$/.exec(task.path)?.[0] ?? '.h5';
  const files = (await written(model, task.write, path.basename(task.path), architecture())).map(
    ({ kind, only, bytes, shape, answers: expected }) => {
      const name = `${task.path}.${kind}${kind === 'pruned' ? ending : '.h5'}`;
      writeFileSync(name, bytes);
      return { kind, only, path: name, shape, architecture: kind === 'pruned' ? task.architecture : null, ...expected };
    },
  );
  return { ...answers, files };
}

parentPort!.on(
  'message',
  (task: Task) =>
    void answer(task).then(
      (found) => parentPort!.postMessage(found),
      (error: unknown) =>
        parentPort!.postMessage({ crash: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    ),
);
parentPort!.postMessage({ ready: true });
