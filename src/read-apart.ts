import { Worker } from 'node:worker_threads';
import { failure, GoodnetError } from './errors.ts';
import type { ModelBytes, ModelFile } from './keras/read-model.ts';
import { limits } from './limits.ts';
import type { ReaderAnswer } from './model-reader.ts';

/** How a model is read apart. */
export interface ReaderPlace {
  /** The bundle that reads models in a thread of its own. */
  readerFile: string;
  /** Ends the reading; its reason is thrown. */
  signal?: AbortSignal;
}

const heapMegabytes = 1024;

/**
 * Reads a model in a thread of its own, which gets its bytes, opens nothing, and gives them back.
 * A thread that hangs is ended after `seconds`. Throws GoodnetError as `readModel` does, `model-slow` or `memory`.
 */
export function readApart(model: ModelBytes, { readerFile, signal }: ReaderPlace, seconds = limits.modelSeconds + model.bytes.length / limits.modelBytesPerSecond): Promise<ModelFile> {
  signal?.throwIfAborted();
  const given = [model.bytes, ...(model.architecture === null ? [] : [model.architecture.bytes])].map(({ buffer }) => buffer as ArrayBuffer);
  const thread = new Worker(readerFile, { workerData: model, transferList: given, env: {}, stdout: true, stderr: true, resourceLimits: { maxOldGenerationSizeMb: heapMegabytes } });
  return new Promise<ModelFile>((resolve, reject) => {
    const stop = (): void => reject(signal!.reason as Error);
    const timer = setTimeout(() => reject(failure('model-slow', model.name, { seconds: Math.round(seconds) })), seconds * 1000);
    signal?.addEventListener('abort', stop);
    thread.once('message', (answer: ReaderAnswer) => {
      if ('file' in answer) resolve(answer.file);
      else reject('refused' in answer ? revived(answer.refused) : new Error(answer.bug));
    });
    thread.once('error', (error: NodeJS.ErrnoException) => reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? failure('memory', model.name, { what: 'its net', bytes: heapMegabytes * 2 ** 20, most: heapMegabytes * 2 ** 20 }) : error));
    thread.once('exit', (code) => reject(new Error(`The thread that reads ${model.name} ended with ${code}`)));
    thread.once('exit', () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
    });
  }).finally(() => thread.terminate());
}

const revived = ({ code, subject, reason, hint }: Extract<ReaderAnswer, { refused: unknown }>['refused']): GoodnetError => new GoodnetError(code, subject, reason, hint);
