import { Clock } from '../base/clock.ts';
import type { Dataset } from '../data/dataset.ts';
import { answersAt } from './answers-by-step.ts';
import type { Answers, NearTie, Piece, RoundingTrial } from './chunks.ts';
import { type Features, type Network, prune } from './network.ts';
import { type Phase, phases } from './phases.ts';
import { Reorder } from './rounding/reorder.ts';
import { RunningError } from './rounding/running-error.ts';
import { worlds } from './rounding/worlds.ts';
import { type Tally, tallyOf } from './tally.ts';
import { examplesOf } from './training/examples.ts';
import { reverse, type Reversal, type ReversalSettings } from './training/reverse.ts';
import { train, type Trained, type TrainingSettings } from './training/train.ts';

/** Where features go that are more than the memory should hold. */
export interface FeatureFile {
  put(key: number, features: Features): void;
  /** The features of `key`, once; undefined if it has none. */
  take(key: number): Features | undefined;
}

/** Where a shard keeps features between ranking and sweep, and whose time it counts. */
export interface ShardPlace {
  /** Bytes of features that stay in memory; those past it go to `file`, or are computed again. */
  featureBytes: number;
  file: FeatureFile | null;
  clock: Clock<Phase>;
}

const alone = (): ShardPlace => ({ featureBytes: Infinity, file: null, clock: new Clock(phases) });

/** A dataset in front of a network on this thread. Sums and tallies of its chunks add up. */
export class Shard {
  private readonly cache = new Map<number, Features>();
  private cached = 0;
  private readonly examples;

  constructor(
    private readonly network: Network,
    private readonly data: Pick<Dataset, 'images' | 'labels' | 'trueLabels'>,
    private readonly place = alone(),
  ) {
    this.examples = examplesOf(data);
  }

  /**
   * The sum over images `start` to `stop` and positions of every channel at the cut, float64 [channels]. Keeps the
   * features for the tallies.
   */
  sums(start: number, stop: number): Float64Array {
    const { clock, featureBytes, file } = this.place;
    clock.lap('idle');
    const features = this.compute([[start, stop]]);
    const bytes = features.count * this.network.parts.featureBytes;
    if (this.cached + bytes <= featureBytes) {
      this.cache.set(start, features);
      this.cached += bytes;
    } else file?.put(start, features);
    const sums = channelSums(features.cut, this.network.parts.channels);
    clock.lap('rank');
    return sums;
  }

  /**
   * One tally of images `start` to `stop` for each of `stops`: the numbers of channels of `order` that are pruned, 0
   * first and ascending. Releases the features.
   */
  tallies(start: number, stop: number, order: Int32Array, stops: readonly number[]): Tally[] {
    const { clock, file } = this.place;
    clock.lap('idle');
    const features = this.cache.get(start) ?? file?.take(start) ?? this.compute([[start, stop]]);
    if (this.cache.delete(start)) this.cached -= features.count * this.network.parts.featureBytes;
    const [labels, trueLabels] = [this.data.labels, this.data.trueLabels].map((all) => all?.subarray(start, stop));
    const answers = answersAt(this.network, features, order, stops);
    const tallies = answers.map((pruned) => tallyOf(answers[0]!, pruned, labels!, trueLabels));
    clock.lap('sweep');
    return tallies;
  }

  /** The classes that the net gives some images, piece by piece, before and after the channels `pruned` are pruned. */
  answers(pieces: readonly Piece[], pruned: Int32Array): Answers {
    this.place.clock.lap('idle');
    const [original, after] = answersAt(this.network, this.compute(pieces), pruned, [0, pruned.length]);
    this.place.clock.lap('sweep');
    return [original!, after!];
  }

  /**
   * For each list of channels, the images of some trials to which the net with these pruned gives another class once its
   * sums are added in another order, that of the trial, or may give it, by what rounding does at most.
   */
  changed(trials: readonly RoundingTrial[], offs: readonly Int32Array[]): NearTie[][] {
    const changed = this.together(trials).map((some) => this.changedAtOnce(some, offs));
    const ties = offs.map((off, i) => changed.flatMap((images) => images[i]!.map((image) => this.nearTie(image, off))));
    this.place.clock.lap('sweep');
    return ties;
  }

  /** What training on these images makes of the net. */
  async trained(settings: TrainingSettings): Promise<Trained> {
    this.place.clock.lap('idle');
    const found = await train(this.network.parts.model, this.examples, settings);
    this.place.clock.lap('train');
    return found;
  }

  /** The smallest trigger that makes the net answer a class to these images. */
  async reversed(settings: ReversalSettings): Promise<Reversal> {
    this.place.clock.lap('idle');
    const found = await reverse(this.network.parts.model, this.examples, settings);
    this.place.clock.lap('train');
    return found;
  }

  /** The two best classes of an image, with the channels `off` pruned. */
  private nearTie(image: number, off: Int32Array): NearTie {
    const features = this.compute([[image, image + 1]]);
    prune(features, this.network, off);
    return { image, ...bestTwo(this.network.scores(features, Int32Array.of(0))) };
  }

  private changedAtOnce(trials: readonly RoundingTrial[], offs: readonly Int32Array[]): number[][] {
    const { network } = this;
    const pieces = trials.flatMap((trial) => trial.pieces);
    const plain = offs.map((off) => this.answers(pieces, off)[1]);
    const images = inOnePiece(pieces.map(([start, stop]) => this.data.images(start, stop)));
    const groups = trials.map((trial) => ({ trial: trial.trial, images: countOf(trial.pieces) }));
    const numbers = pieces.flatMap(([start, stop]) => Array.from({ length: stop - start }, (_, i) => start + i));
    const count = numbers.length;
    const inReach = network.otherwise(images, count, offs, new RunningError(network.parts, groups));
    const size = images.length / count;
    let at = 0;
    const reordered = groups.map(({ trial, images: some }) => {
      const own = images.subarray(at * size, (at + some) * size);
      at += some;
      return network.otherwise(own, some, offs, new Reorder(trial));
    });
    return plain.map((answers, net) => {
      const others = [inReach[net]!, Int32Array.from(reordered.flatMap((each) => [...each[net]!]))];
      return numbers.filter((_, i) => others.some((other) => other[i] !== answers[i]));
    });
  }

  /** Trials, or parts of them, side by side as long as the errors of their images, in all worlds, find room. */
  private together(trials: readonly RoundingTrial[]): RoundingTrial[][] {
    const { batch, most } = this.network;
    const together = Math.max(1, Math.floor(most / (worlds * alive)));
    const found: RoundingTrial[][] = [];
    let room = 0;
    for (const { trial, pieces } of trials) {
      for (const some of inBatches(pieces, Math.min(batch, together))) {
        const images = countOf(some);
        if (images > room) {
          found.push([]);
          room = together;
        }
        found.at(-1)!.push({ trial, pieces: some });
        room -= images;
      }
    }
    return found;
  }

  /** A batch at a time, so that the memory never holds the pixels of a whole chunk. */
  private compute(pieces: readonly Piece[]): Features {
    const { clock } = this.place;
    const batches = inBatches(pieces, this.network.batch).map((batch) => {
      const images = inOnePiece(batch.map(([start, stop]) => this.data.images(start, stop)));
      clock.lap('read');
      const features = this.network.features(images, countOf(batch));
      clock.lap('prefix');
      return features;
    });
    return joined(batches);
  }
}

/** Tensors of errors, here and on the engine, of which a layer holds that many at once. */
const alive = 8;

const countOf = (pieces: readonly Piece[]): number => pieces.reduce((sum, [start, stop]) => sum + stop - start, 0);

/** What the scores of an image tell of its classes. */
function bestTwo(scores: Float32Array): Pick<NearTie, 'classes' | 'apart'> {
  const [sigmoid] = scores as unknown as [number];
  if (scores.length === 1) return { classes: sigmoid > 0.5 ? [1, 0] : [0, 1], apart: Math.abs(sigmoid - 0.5) };
  const [best, second] = [...scores.keys()].sort((a, b) => scores[b]! - scores[a]! || a - b) as [number, number];
  return { classes: [best, second], apart: scores[best]! - scores[second]! };
}

/** Pieces cut into such of at most `most` images, and put together while they are not more. */
function inBatches(pieces: readonly Piece[], most: number): Piece[][] {
  const batches: Piece[][] = [];
  let room = 0;
  for (const [start, stop] of pieces) {
    for (let at = start; at < stop;) {
      if (room === 0) {
        batches.push([]);
        room = most;
      }
      const end = Math.min(at + room, stop);
      batches.at(-1)!.push([at, end]);
      room -= end - at;
      at = end;
    }
  }
  return batches;
}

/** The features of some images, and of those that follow them, in one piece. */
const joined = (batches: readonly Features[]): Features => ({
  count: batches.reduce((sum, { count }) => sum + count, 0),
  cut: inOnePiece(batches.map(({ cut }) => cut)),
  sides: batches[0]!.sides.map((_, i) => inOnePiece(batches.map(({ sides }) => sides[i]!))),
});

function inOnePiece(arrays: readonly Float32Array[]): Float32Array {
  if (arrays.length === 1) return arrays[0]!;
  const all = new Float32Array(arrays.reduce((sum, { length }) => sum + length, 0));
  arrays.reduce((at, array) => (all.set(array, at), at + array.length), 0);
  return all;
}

/** cut [images, positions, channels] -> sums [channels] */
function channelSums(cut: Float32Array, channels: number): Float64Array {
  const sums = new Float64Array(channels);
  for (let at = 0; at < cut.length; at += channels) {
    for (let c = 0; c < channels; c++) sums[c] = sums[c]! + cut[at + c]!;
  }
  return sums;
}
