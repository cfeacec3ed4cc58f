import { Worker } from 'node:worker_threads';
import { deadline } from '../base/deadline.ts';
import { failure, GoodnetError } from '../base/errors.ts';
import type { OpenFile } from '../base/files.ts';
import type { ModelBytes, ModelFile } from './keras/read-model.ts';
import { limits } from '../base/limits.ts';
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
 * Reads a model in a thread of its own, which gets its bytes, opens nothing, gives them back, and ends: libhdf5's memory holds that file alone.
 * A thread that hangs is ended after `seconds`. Throws GoodnetError as `readModel` does, `file-slow`, `file-crash` or `memory`.
 */
export async function readApart(
  model: ModelBytes,
  place: ReaderPlace,
  seconds = limits.readSeconds + model.bytes.length / limits.readBytesPerSecond,
): Promise<ModelFile> {
  place.signal?.throwIfAborted();
  const given = [model.bytes, ...(model.architecture === null ? [] : [model.architecture.bytes])].map(
    ({ buffer }) => buffer as ArrayBuffer,
  );
  const thread = taken(ahead, place);
  return (await ask(thread, { model }, given, model.name, place.signal, seconds).finally(() => thread.terminate()))!;
}

/** Threads that have read nothing yet, by their bundle. */
const ahead = new Map<string, Worker>();

/** Starts the thread that the next model is read in, so that libhdf5 is there when the model is. */
export function prepareReader(place: ReaderPlace): void {
  park(start(place), ahead, place);
}

/** Files that were read once without harm, by the hash of their bytes and the arrays that are wanted of them. */
const tried = new Set<string>();
/** Threads that have tried data and wait for the next file, by their bundle. */
const idle = new Map<string, Worker>();

/** Reads the arrays of an HDF5 file for the first time, in a thread apart that is ended after `seconds`. Throws GoodnetError as `openHdf5`, `file-slow`, `file-crash` or `memory`. */
export async function tryApart(
  { name, size, descriptor, sha256, written, blocks }: OpenFile,
  arrays: readonly string[],
  place: ReaderPlace,
  seconds: number = limits.readSeconds,
): Promise<void> {
  const { readerFile, signal } = place;
  const key = [readerFile, sha256, ...arrays].join('\n');
  if (tried.has(key)) return;
  signal?.throwIfAborted();
  const thread = taken(idle, place);
  try {
    await ask(thread, { data: { name, size, descriptor, sha256, written, blocks }, arrays }, [], name, signal, seconds);
  } catch (error) {
    await thread.terminate();
    throw error;
  }
  tried.add(key);
  park(thread, idle, place);
}

/** A thread that waits for a file, or a new one. */
function taken(waiting: Map<string, Worker>, place: ReaderPlace): Worker {
  const thread = waiting.get(place.readerFile) ?? start(place);
  waiting.delete(place.readerFile);
  return thread;
}

/** Lets a thread wait for a file. It does not keep the process; where it ends meanwhile, the next one tells why. */
function park(thread: Worker, waiting: Map<string, Worker>, { readerFile }: ReaderPlace): void {
  thread.unref();
  thread.once('error', () => undefined).once('exit', () => waiting.delete(readerFile));
  waiting.set(readerFile, thread);
}

function start({ readerFile }: ReaderPlace): Worker {
  return new Worker(readerFile, {
    env: {},
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: heapMegabytes },
  });
}

/** Gives a thread its task and waits for the answer. */
async function ask(
  thread: Worker,
  task: ReaderTask,
  given: ArrayBuffer[],
  name: string,
  signal: AbortSignal | undefined,
  seconds: number,
): Promise<ModelFile | null> {
  const over = new AbortController();
  thread.ref();
  try {
    return await new Promise<ModelFile | null>((resolve, reject) => {
      over.signal.addEventListener(
        'abort',
        deadline(seconds, () => reject(failure('file-slow', name, { seconds: Math.round(seconds) }))),
      );
      signal?.addEventListener('abort', () => reject(signal.reason as Error), { signal: over.signal });
      thread.once('message', (answer: ReaderAnswer) => {
        if ('read' in answer) resolve(answer.read);
        else reject('refused' in answer ? revived(answer.refused) : new Error(answer.bug));
      });
      thread.once('error', (error: NodeJS.ErrnoException) =>
        reject(
          error.code === 'ERR_WORKER_OUT_OF_MEMORY'
            ? failure('memory', name, {
                what: 'its structure',
                bytes: heapMegabytes * 2 ** 20,
                most: heapMegabytes * 2 ** 20,
              })
            : error,
        ),
      );
      thread.once('exit', (code) => reject(failure('file-crash', name, { code })));
      thread.postMessage(task, given);
    });
  } finally {
    over.abort();
    for (const event of ['message', 'error', 'exit']) thread.removeAllListeners(event);
  }
}

const revived = ({
  code,
  subject,
  reason,
  hint,
}: Extract<ReaderAnswer, { refused: unknown }>['refused']): GoodnetError =>
  new GoodnetError(code, subject, reason, hint);
