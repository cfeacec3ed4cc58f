import type { Chunks } from './chunks.ts';

/** The classes that the original and the pruned net answer for one image. */
export interface Answer {
  image: number;
  original: number;
  pruned: number;
}

const runs = 4,
  imagesPerRun = 32;

/**
 * Answers for 128 images, in 4 runs spread over the dataset, or for all where there are fewer: those of the original
 * net, and of a net with `pruned` pruned, which may be the same. Runs that `signal` aborts throw its reason.
 */
export async function sampledAnswers(
  whole: Chunks,
  chunks: Chunks,
  pruned: Int32Array,
  signal?: AbortSignal,
): Promise<Answer[]> {
  const found: Answer[] = [];
  for (const [start, stop] of spread(chunks.data.count, runs, imagesPerRun)) {
    const [same, after] = await chunks.answers([[start, stop]], pruned);
    const original = whole === chunks ? same : (await whole.answers([[start, stop]], new Int32Array()))[0];
    original.forEach((answer, i) => found.push({ image: start + i, original: answer, pruned: after[i]! }));
    signal?.throwIfAborted();
  }
  return found;
}

/** Runs of images spread over a dataset, or all images where there are fewer: start (inclusive) and stop (exclusive). */
function spread(count: number, runs: number, imagesPerRun: number): [start: number, stop: number][] {
  if (count <= runs * imagesPerRun)
    return Array.from({ length: Math.ceil(count / imagesPerRun) }, (_, i) => [
      i * imagesPerRun,
      Math.min(count, (i + 1) * imagesPerRun),
    ]);
  return Array.from({ length: runs }, (_, i) => {
    const start = Math.floor((i * (count - imagesPerRun)) / (runs - 1));
    return [start, start + imagesPerRun];
  });
}
