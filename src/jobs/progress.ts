import type { Listener, ProgressEvent } from './listener.ts';

/** For each stage with `model` a counter of finished images, which tells of them and ends the job where that was asked for. */
export function progressOf(model: string, { listener, signal }: { listener: Listener; signal?: AbortSignal }) {
  return (stage: ProgressEvent['stage'], data: readonly { count: number }[]) => {
    const total = data.reduce((sum, { count }) => sum + count, 0);
    let done = 0;
    return (images: number): void => {
      signal?.throwIfAborted();
      listener.progress?.({ model, stage, done: (done += images), total });
    };
  };
}
