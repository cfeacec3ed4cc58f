import { parentPort, workerData } from 'node:worker_threads';
import { GoodnetError } from './errors.ts';
import { type ModelBytes, type ModelFile, readModel } from './keras/read-model.ts';

/** What this thread answers: the model, what is wrong with its file, or a bug. */
export type ReaderAnswer = { file: ModelFile } | { refused: Pick<GoodnetError, 'code' | 'subject' | 'reason' | 'hint'> } | { bug: string };

/** The thread that reads one model and ends: libhdf5's memory holds that file alone, and the file cannot outlast its deadline. */
async function answer(): Promise<ReaderAnswer> {
  try {
    return { file: await readModel(workerData as ModelBytes) };
  } catch (error) {
    if (error instanceof GoodnetError) return { refused: { code: error.code, subject: error.subject, reason: error.reason, hint: error.hint } };
    return { bug: error instanceof Error ? error.stack ?? error.message : String(error) };
  }
}

const found = await answer();
const arrays = 'file' in found ? [found.file.bytes, ...found.file.model.calls.flatMap(({ layer }) => layer.weights.map(({ values }) => values))] : [];
parentPort!.postMessage(found, [...new Set(arrays.map(({ buffer }) => buffer as ArrayBuffer))]);
