import { Worker } from 'node:worker_threads';
import { CalledThread, ThreadEnded } from '../base/called-thread.ts';
import { deadline } from '../base/deadline.ts';
import { failure } from '../base/errors.ts';
import type { HashedFile } from '../base/files.ts';
import { limits } from '../base/limits.ts';
import type { WholeArrays } from '../formats/whole-arrays.ts';
import type { FileBytes, ModelBytes, ModelFile } from './format.ts';
import type { Reading } from './reading.ts';

/** How a file is read apart. */
export interface ReaderPlace {
  /** Folder of the bundle that reads a file in a thread of its own, with a slash at its end. */
  assets: string;
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
  seconds = secondsFor(model),
): Promise<ModelFile> {
  place.signal?.throwIfAborted();
  const given = [model.bytes, ...(model.architecture === null ? [] : [model.architecture.bytes])].map(
    ({ buffer }) => buffer as ArrayBuffer,
  );
  const thread = taken(ahead, place);
  const reading = thread.call<ModelFile>('readModel', [model], given);
  return inTime(reading, thread, model.name, place.signal, seconds).finally(() => thread.stop());
}

const secondsFor = ({ bytes }: FileBytes): number => limits.readSeconds + bytes.length / limits.readBytesPerSecond;

/**
 * Reads each file in a thread of its own, as `readApart` does, and leaves its bytes where they are. `seconds`: its
 * deadline.
 */
export const readingApart = (place: ReaderPlace, seconds?: number): Reading => ({
  model: (file) =>
    readApart({ ...copied(file), architecture: file.architecture && copied(file.architecture) }, place, seconds),
  arrays: async (file, wanted, most) => {
    const thread = start(place);
    const reading = thread.call<WholeArrays>('readArrays', [file, wanted, most]);
    return inTime(reading, thread, file.name, place.signal, seconds ?? secondsFor(file)).finally(() => thread.stop());
  },
});

const copied = <F extends FileBytes>(file: F): F => ({ ...file, bytes: file.bytes.slice() });

/** Threads that have read nothing yet, by their bundle's folder. */
const ahead = new Map<string, CalledThread>();

/**
 * Starts the thread that the next model is read in, so that libhdf5 is there when the model is. To be dismissed in the end: a process that ends
 * while the thread still loads waits for it for good.
 */
export function prepareReader(place: ReaderPlace): { dismiss(): Promise<void> } {
  const thread = start(place);
  ahead.set(place.assets, thread);
  return {
    dismiss: async () => {
      if (ahead.get(place.assets) !== thread) return; // it has been given a model
      ahead.delete(place.assets);
      await thread.stop();
    },
  };
}

/** Files that were read once without harm, by the hash of their bytes, where it was known, and the arrays that are wanted of them. */
const tried = new Set<string>();
/** Threads that have tried data and wait for the next file, by their bundle's folder. */
const idle = new Map<string, CalledThread>();

/** Reads the arrays of an HDF5 file for the first time, in a thread apart that is ended after `seconds`. Throws GoodnetError as `openHdf5`, `file-slow`, `file-crash` or `memory`. */
export async function tryApart(
  { name, size, descriptor, sha256, written, blocks }: Omit<HashedFile, 'read' | 'close'>,
  arrays: readonly string[],
  place: ReaderPlace,
  seconds: number = limits.readSeconds,
): Promise<void> {
  const { assets, signal } = place;
  const key = typeof sha256 === 'string' ? [assets, sha256, ...arrays].join('\n') : null;
  if (key !== null && tried.has(key)) return;
  signal?.throwIfAborted();
  const thread = taken(idle, place);
  const trying = thread.call<undefined>('tryArrays', [{ name, size, descriptor, written, blocks }, arrays]);
  try {
    await inTime(trying, thread, name, signal, seconds);
  } catch (error) {
    await thread.stop();
    throw error;
  }
  if (key !== null) tried.add(key);
  idle.set(assets, thread);
}

/** A thread that waits for a file, or a new one. */
function taken(waiting: Map<string, CalledThread>, place: ReaderPlace): CalledThread {
  const thread = waiting.get(place.assets);
  waiting.delete(place.assets);
  return thread?.lives === true ? thread : start(place);
}

const start = ({ assets }: ReaderPlace): CalledThread =>
  new CalledThread(
    new Worker(`${assets}reader.js`, {
      env: {},
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: heapMegabytes },
    }),
  );

/** What a thread answers of the file `name`, if it does so in time. */
async function inTime<T>(
  answer: Promise<T>,
  thread: CalledThread,
  name: string,
  signal: AbortSignal | undefined,
  seconds: number,
): Promise<T> {
  const stop = (): void => thread.fail(signal!.reason as Error);
  const cancel = deadline(seconds, () => thread.fail(failure('file-slow', name, { seconds: Math.round(seconds) })));
  signal?.addEventListener('abort', stop);
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof ThreadEnded)) throw error;
    const bytes = heapMegabytes * 2 ** 20;
    throw error.by === 'memory'
      ? failure('memory', name, { what: 'its structure', bytes, most: bytes })
      : failure('file-crash', name, { code: error.by });
  } finally {
    cancel();
    signal?.removeEventListener('abort', stop);
  }
}
