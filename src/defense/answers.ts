import type { Dataset } from '../data/dataset.ts';
import type { Features, Network } from '../engine/network.ts';

/** The classes that the original and the pruned net answer for one image. */
export interface Answer {
  image: number;
  original: number;
  pruned: number;
}

const runs = 4, imagesPerRun = 32;

/** Answers for 128 images, in 4 runs spread over the dataset, or for all where there are fewer. Runs that `signal` aborts throw its reason. */
export async function answers(network: Network, data: Pick<Dataset, 'count' | 'images'>, pruned: Int32Array, signal?: AbortSignal): Promise<Answer[]> {
  const found: Answer[] = [];
  for (const [start, stop] of spread(data.count)) {
    const features = network.features(data.images(start, stop), stop - start);
    const all = Int32Array.from({ length: stop - start }, (_, i) => i);
    const original = network.classes(features, all);
    setPruned(features, network, pruned);
    network.classes(features, all).forEach((answer, i) => found.push({ image: start + i, original: original[i]!, pruned: answer }));
    await new Promise((resume) => setTimeout(resume));
    signal?.throwIfAborted();
  }
  return found;
}

/** The runs of images that are looked at: start (inclusive) and stop (exclusive). */
function spread(count: number): [start: number, stop: number][] {
  if (count <= runs * imagesPerRun) return Array.from({ length: Math.ceil(count / imagesPerRun) }, (_, i) => [i * imagesPerRun, Math.min(count, (i + 1) * imagesPerRun)]);
  return Array.from({ length: runs }, (_, i) => {
    const start = Math.floor((i * (count - imagesPerRun)) / (runs - 1));
    return [start, start + imagesPerRun];
  });
}

/** Sets the channels of cut [images, positions, channels] to what the pruned net has there. */
function setPruned({ count, cut }: Features, { constant, channels, cutSize }: Network, pruned: Int32Array): void {
  for (let image = 0; image < count; image++) {
    for (const channel of pruned) for (let at = channel; at < cutSize; at += channels) cut[image * cutSize + at] = constant[at]!;
  }
}
