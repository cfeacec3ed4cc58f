import type { Dataset } from '../data/dataset.ts';
import { answersAt } from './answers.ts';
import type { Answers } from './chunks.ts';
import type { Features, Network } from './network.ts';
import { type Tally, tallyOf } from './tally.ts';

/** Where features go that are more than the memory should hold. */
export interface FeatureFile {
  put(key: number, features: Features): void;
  /** The features of `key`, once; undefined if it has none. */
  take(key: number): Features | undefined;
}

const cacheBytes = 1 << 27;

/** A dataset in front of a network on this thread. Sums and tallies of its chunks add up. */
export class Shard {
  private readonly cache = new Map<number, Features>();
  private cached = 0;

  constructor(private readonly network: Network, private readonly data: Pick<Dataset, 'images' | 'labels' | 'trueLabels'>, private readonly file: FeatureFile | null = null) {}

  /** The sum over images `start` to `stop` and positions of every channel at the cut, float64 [channels]. Keeps the features for the tallies. */
  sums(start: number, stop: number): Float64Array {
    const features = this.compute(start, stop);
    const bytes = features.count * this.network.parts.featureBytes;
    if (this.cached + bytes <= cacheBytes) {
      this.cache.set(start, features);
      this.cached += bytes;
    } else this.file?.put(start, features);
    return channelSums(features.cut, this.network.parts.channels);
  }

  /** One tally of images `start` to `stop` for each of `stops`: the numbers of channels of `order` that are pruned, 0 first and ascending. Releases the features. */
  tallies(start: number, stop: number, order: Int32Array, stops: readonly number[]): Tally[] {
    const features = this.cache.get(start) ?? this.file?.take(start) ?? this.compute(start, stop);
    if (this.cache.delete(start)) this.cached -= features.count * this.network.parts.featureBytes;
    const [labels, trueLabels] = [this.data.labels, this.data.trueLabels].map((all) => all?.subarray(start, stop));
    const answers = answersAt(this.network, features, order, stops);
    return answers.map((pruned) => tallyOf(answers[0]!, pruned, labels!, trueLabels));
  }

  /** The classes that the net gives images `start` to `stop` before and after the channels `pruned` are pruned. */
  answers(start: number, stop: number, pruned: Int32Array): Answers {
    const [original, after] = answersAt(this.network, this.compute(start, stop), pruned, [0, pruned.length]);
    return [original!, after!];
  }

  private compute(start: number, stop: number): Features {
    return this.network.features(this.data.images(start, stop), stop - start);
  }
}

/** cut [images, positions, channels] -> sums [channels] */
function channelSums(cut: Float32Array, channels: number): Float64Array {
  const sums = new Float64Array(channels);
  for (let at = 0; at < cut.length; at += channels) {
    for (let c = 0; c < channels; c++) sums[c] = sums[c]! + cut[at + c]!;
  }
  return sums;
}
