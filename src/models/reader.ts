import { parentPort } from 'node:worker_threads';
import { GoodnetError } from '../base/errors.ts';
import { type HeldFile, openFile } from '../base/files.ts';
import { memoryFiles } from '../formats/memory-files.ts';
import { type ModelBytes, type ModelFile, readModel } from './keras/read-model.ts';
import { tryHdf5 } from '../formats/try-hdf5.ts';

/** What this thread is to read: a model, or the arrays of an open HDF5 file. */
export type ReaderTask = { model: ModelBytes } | { data: OpenData; arrays: readonly string[] };

/** A data file that is open in the process. */
export type OpenData = HeldFile & { name: string };

/** What it answers: the model, null for data that can be read, what is wrong with the file, or a bug. */
export type ReaderAnswer =
  | { read: ModelFile | null }
  | { refused: Pick<GoodnetError, 'code' | 'subject' | 'reason' | 'hint'> }
  | { bug: string };

/** A thread that reads what it is told to, one file after the other: the file at hand cannot outlast its deadline. */
async function answer(task: ReaderTask): Promise<ReaderAnswer> {
  try {
    if ('model' in task) return { read: await readModel(task.model) };
    const { name, ...held } = task.data;
    await tryHdf5(openFile(name, { file: name, held }), task.arrays);
    return { read: null };
  } catch (error) {
    if (error instanceof GoodnetError)
      return { refused: { code: error.code, subject: error.subject, reason: error.reason, hint: error.hint } };
    return { bug: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

void memoryFiles(); // it starts before the first file is there
parentPort!.on(
  'message',
  (task: ReaderTask) =>
    void answer(task).then((found) => {
      const file = 'read' in found ? found.read : null;
      const arrays =
        file === null
          ? []
          : [file.bytes, ...file.model.calls.flatMap(({ layer }) => layer.weights.map(({ values }) => values))];
      parentPort!.postMessage(found, [...new Set(arrays.map(({ buffer }) => buffer as ArrayBuffer))]);
    }),
);
