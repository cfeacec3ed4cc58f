import type { Evaluator } from '../engine/evaluator.ts';
import type { Listener, ProgressEvent } from './listener.ts';

interface Place {
  listener: Listener;
  evaluator: Evaluator;
  signal?: AbortSignal;
}

/** For each stage with `model` a counter of finished images, which tells of them and ends the job where that was asked for. */
export function progressOf(model: string, { listener, evaluator, signal }: Place) {
  return (stage: ProgressEvent['stage'], data: readonly { count: number }[]) => {
    const total = data.reduce((sum, { count }) => sum + count, 0);
    const before = evaluator.elsewhere?.chunks ?? 0;
    let done = 0;
    return (images: number): void => {
      signal?.throwIfAborted();
      const { elsewhere } = evaluator;
      const counts = elsewhere !== undefined && elsewhere.chunks > before;
      listener.progress?.({ model, stage, done: (done += images), total, ...(counts && { elsewhere }) });
    };
  };
}
