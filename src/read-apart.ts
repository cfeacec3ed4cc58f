import { Worker } from 'node:worker_threads';
import { failure, GoodnetError } from './errors.ts';
import type { OpenFile } from './files.ts';
import type { ModelBytes, ModelFile } from './keras/read-model.ts';
import { limits } from './limits.ts';
import type { ReaderAnswer, ReaderTask } from './reader.ts';

/** How a file is read apart. */
export interface ReaderPlace {
  /** The bundle that reads a file in a thread of its own. */
  readerFile: string;
  /** Ends the reading; its reason is thrown. */
  signal?: AbortSignal;
}

const heapMegabytes = 1024;

/**
 * Reads a model in a thread of its own, which gets its bytes, opens nothing, and gives them back.
 * A thread that hangs is ended after `seconds`. Throws GoodnetError as `readModel` does, `file-slow` or `memory`.
 */
export async function readApart(model: ModelBytes, place: ReaderPlace, seconds = limits.readSeconds + model.bytes.length / limits.readBytesPerSecond): Promise<ModelFile> {
  const given = [model.bytes, ...(model.architecture === null ? [] : [model.architecture.bytes])].map(({ buffer }) => buffer as ArrayBuffer);
  return (await inThread({ model }, model.name, given, place, seconds))!;
}

/** Files that were read once without harm, by the hash of their bytes and the arrays that are wanted of them. */
const tried = new Set<string>();

/** Reads the arrays of an HDF5 file for the first time, in a thread of its own that is ended after `seconds`. Throws GoodnetError as `openHdf5`, `file-slow` or `memory`. */
export async function tryApart({ name, size, descriptor, sha256 }: OpenFile, arrays: readonly string[], place: ReaderPlace, seconds: number = limits.readSeconds): Promise<void> {
  const key = [sha256, ...arrays].join('\n');
  if (tried.has(key)) return;
  await inThread({ data: { name, size, descriptor }, arrays }, name, [], place, seconds);
  tried.add(key);
}

function inThread(task: ReaderTask, name: string, given: ArrayBuffer[], { readerFile, signal }: ReaderPlace, seconds: number): Promise<ModelFile | null> {
  signal?.throwIfAborted();
  const thread = new Worker(readerFile, { workerData: task, transferList: given, env: {}, stdout: true, stderr: true, resourceLimits: { maxOldGenerationSizeMb: heapMegabytes } });
  return new Promise<ModelFile | null>((resolve, reject) => {
    const stop = (): void => reject(signal!.reason as Error);
    const timer = setTimeout(() => reject(failure('file-slow', name, { seconds: Math.round(seconds) })), seconds * 1000);
    signal?.addEventListener('abort', stop);
    thread.once('message', (answer: ReaderAnswer) => {
      if ('read' in answer) resolve(answer.read);
      else reject('refused' in answer ? revived(answer.refused) : new Error(answer.bug));
    });
    thread.once('error', (error: NodeJS.ErrnoException) => reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? failure('memory', name, { what: 'its structure', bytes: heapMegabytes * 2 ** 20, most: heapMegabytes * 2 ** 20 }) : error));
    thread.once('exit', (code) => reject(new Error(`The thread that reads ${name} ended with ${code}`)));
    thread.once('exit', () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
    });
  }).finally(() => thread.terminate());
}

const revived = ({ code, subject, reason, hint }: Extract<ReaderAnswer, { refused: unknown }>['refused']): GoodnetError => new GoodnetError(code, subject, reason, hint);
