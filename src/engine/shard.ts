import type { Dataset } from '../data/dataset.ts';
import type { Features, Network } from './network.ts';

/** What was counted over a dataset after pruning some number of channels. Label: the true class, or the attacker's on poisoned data. */
export interface Tally {
  /** Images that the pruned net gives their label. */
  hits: number;
  /** Images that the GoodNet gives their label: both nets answer it. */
  goodnetHits: number;
  /** Images that the GoodNet rejects: the two nets differ. */
  rejected: number;
  /** Poisoned images that the pruned net, and the GoodNet, give their true class nevertheless; 0 where that is not known. */
  robust: number;
  goodnetRobust: number;
}

/** Called with the number of images finished since the last call. */
export type Progress = (images: number) => void;

const chunkImages = 512;
const chunkBytes = 1 << 26;
const cacheBytes = 1 << 28;

/** Some images in front of a network. Sums and tallies of shards add up. */
export class Shard {
  private readonly cache = new Map<number, Features>();
  private readonly chunk: number;

  constructor(private readonly network: Network, readonly data: Dataset) {
    this.chunk = Math.max(1, Math.min(chunkImages, Math.floor(chunkBytes / Math.max(network.featureBytes, data.imageBytes))));
  }

  /** The sum over images and positions of every channel at the cut, in float64. Keeps the features for the sweep while they fit. */
  async channelSums(progress: Progress): Promise<Float64Array> {
    const sums = new Float64Array(this.network.channels);
    for await (const [start, features] of this.chunks()) {
      if ((this.cache.size + 1) * this.chunk * this.network.featureBytes <= cacheBytes) this.cache.set(start, features);
      addChannels(sums, features.cut);
      progress(features.count);
    }
    return sums;
  }

  /**
   * One tally for each of `stops`: the numbers of channels of `order` that are pruned, ascending.
   * An image is run again only where a newly pruned channel was not already at its pruned value. Releases the features.
   */
  async sweep(order: Int32Array, stops: readonly number[], progress: Progress): Promise<Tally[]> {
    const tallies = stops.map((): Tally => ({ hits: 0, goodnetHits: 0, rejected: 0, robust: 0, goodnetRobust: 0 }));
    for await (const [start, features] of this.chunks()) {
      const [labels, trueLabels] = [this.data.labels, this.data.trueLabels].map((all) => all?.subarray(start, start + features.count));
      this.sweepChunk(features, labels!, trueLabels, order, stops, tallies);
      this.cache.delete(start);
      progress(features.count);
    }
    return tallies;
  }

  private sweepChunk(features: Features, labels: Int32Array, trueLabels: Int32Array | undefined, order: Int32Array, stops: readonly number[], tallies: Tally[]): void {
    const original = this.network.classes(features, Int32Array.from(labels.keys()));
    const current = original.slice();
    let done = 0;
    for (const [i, stop] of stops.entries()) {
      const changed = prune(features, this.network, order.subarray(done, stop));
      done = stop;
      this.network.classes(features, changed).forEach((answer, j) => (current[changed[j]!] = answer));
      count(tallies[i]!, original, current, labels, trueLabels);
    }
  }

  private async *chunks(): AsyncGenerator<[start: number, features: Features]> {
    for (let start = 0; start < this.data.count; start += this.chunk) {
      const stop = Math.min(start + this.chunk, this.data.count);
      yield [start, this.cache.get(start) ?? this.network.features(this.data.images(start, stop), stop - start)];
      await new Promise((resume) => setTimeout(resume));
    }
  }
}

/** cut [images, positions, channels] -> sums [channels] */
function addChannels(sums: Float64Array, cut: Float32Array): void {
  const channels = sums.length;
  for (let at = 0; at < cut.length; at += channels) {
    for (let c = 0; c < channels; c++) sums[c] = sums[c]! + cut[at + c]!;
  }
}

/** Sets channels of cut [images, positions, channels] to their pruned values; answers the images in which that changed something. */
function prune({ count, cut }: Features, { constant, channels, cutSize }: Network, pruned: Int32Array): Int32Array {
  const changed: number[] = [];
  for (let image = 0; image < count; image++) {
    const base = image * cutSize;
    let differs = false;
    for (const channel of pruned) {
      for (let at = channel; at < cutSize; at += channels) {
        if (cut[base + at] === constant[at]) continue;
        cut[base + at] = constant[at]!;
        differs = true;
      }
    }
    if (differs) changed.push(image);
  }
  return Int32Array.from(changed);
}

function count(tally: Tally, original: Int32Array, current: Int32Array, labels: Int32Array, trueLabels: Int32Array | undefined): void {
  for (let i = 0; i < labels.length; i++) {
    const same = original[i] === current[i];
    if (current[i] === labels[i]) tally.hits++;
    if (same && current[i] === labels[i]) tally.goodnetHits++;
    if (!same) tally.rejected++;
    if (trueLabels === undefined || current[i] !== trueLabels[i]) continue;
    tally.robust++;
    if (same) tally.goodnetRobust++;
  }
}
