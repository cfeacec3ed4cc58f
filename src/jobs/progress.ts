import type { ProgressEvent, World } from './world.ts';

/** For each stage with `model` a counter of finished images, which tells of them and ends the job where that was asked for. */
export function progressOf(model: string, place: Pick<World, 'progress' | 'signal'>) {
  return (stage: ProgressEvent['stage'], data: readonly { count: number }[]) => {
    const total = data.reduce((sum, { count }) => sum + count, 0);
    let done = 0;
    return (images: number): void => {
      place.signal?.throwIfAborted();
      place.progress({ model, stage, done: (done += images), total });
    };
  };
}
