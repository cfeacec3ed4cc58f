import { Clock } from '../base/clock.ts';
import type { Dataset } from '../data/dataset.ts';
import { answersAt } from './answers-by-step.ts';
import type { Answers, NearTie, Piece, Progress, RoundingTrial } from './chunks.ts';
import type { Computing } from './graph.ts';
import { worlds } from './kernels/errors.ts';
import { type Features, type Network, prune } from './network.ts';
import { type Phase, phases } from './phases.ts';
import { Reorder } from './rounding/reorder.ts';
import { RunningError } from './rounding/running-error.ts';
import { type Tally, tallyOf } from './tally.ts';
import { examplesOf } from './training/examples.ts';
import { type NumberFile, PausedSearches } from './training/paused-searches.ts';
import { reverse, type Reversal, type ReversalSettings } from './training/reverse.ts';
import type { Member } from './training/exchange.ts';
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
  /** Where searches for triggers wait; null for in memory. */
  searches: NumberFile | null;
  clock: Clock<Phase>;
}

const alone = (): ShardPlace => ({ featureBytes: Infinity, file: null, searches: null, clock: new Clock(phases) });

/** A dataset in front of a network on this thread. Sums and tallies of its chunks add up. */
export class Shard {
  private readonly cache = new Map<number, Features>();
  private cached = 0;
  private readonly examples;
  private readonly paused;

  constructor(
    private readonly network: Network,
    private readonly data: Pick<Dataset, 'images' | 'labels' | 'trueLabels'>,
    private readonly place = alone(),
  ) {
    this.examples = examplesOf(data);
    this.paused = new PausedSearches(place.searches);
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
   * sums are added in another order, that of the trial, or may give it, by what rounding does at most, as it is drawn
   * the `draw`th time.
   */
  changed(
    trials: readonly RoundingTrial[],
    offs: readonly Int32Array[],
    draw: number,
    progress: Progress = () => undefined,
  ): NearTie[][] {
    const { network, place } = this;
    place.clock.lap('idle');
    const looked = trials.flatMap(({ trial, pieces }) => imagesOf(pieces).map((image) => ({ trial, image })));
    const near = inRows(looked, network.batch).map((batch) => {
      const found = this.nearIn(batch, offs, draw);
      progress(batch.length);
      return found;
    });
    place.clock.lap('sweep');
    const ties = offs.map((off, net) => near.flatMap((found) => found[net]!.map((image) => this.nearTie(image, off))));
    place.clock.lap('sweep');
    return ties;
  }

  /** What training on these images makes of the net, by this thread alone or as a member of a team. */
  async trained(settings: TrainingSettings, member: Member | null, progress?: Progress): Promise<Trained> {
    this.place.clock.lap('idle');
    const found = await train(this.network.parts.model, this.examples, settings, member, progress);
    this.place.clock.lap('train');
    return found;
  }

  /** The smallest trigger that makes the net answer a class to these images. */
  async reversed(settings: ReversalSettings): Promise<Reversal> {
    this.place.clock.lap('idle');
    const found = await reverse(this.network.parts.model, this.examples, settings, this.paused);
    this.place.clock.lap('train');
    return found;
  }

  /** The two best classes of an image, with the channels `off` pruned. */
  private nearTie(image: number, off: Int32Array): NearTie {
    const features = this.compute([[image, image + 1]]);
    prune(features, this.network, off);
    return { image, ...bestTwo(this.network.scores(features, Int32Array.of(0))) };
  }

  /** Those images of a batch, for each list of channels. */
  private nearIn(batch: readonly Looked[], offs: readonly Int32Array[], draw: number): number[][] {
    const { network } = this;
    const read = batch.map((each) => ({ ...each, pixels: this.data.images(each.image, each.image + 1) }));
    const classes = (rows: readonly (typeof read)[], computing: (row: typeof read) => Computing): number[][] => {
      const found = rows.map((row) =>
        network.otherwise(inOnePiece(row.map(({ pixels }) => pixels)), row.length, offs, computing(row)),
      );
      return offs.map((_, net) => found.flatMap((each) => [...each[net]!]));
    };
    const trials = [...new Set(batch.map(({ trial }) => trial))];
    const byTrial = trials.map((trial) => read.filter((each) => each.trial === trial));
    const moved = classes(byTrial, ([first]) => new Reorder(first!.trial));
    const together = Math.max(1, Math.floor(network.most / (worlds * alive)));
    const alone = (row: typeof read) => row.map(({ image }) => ({ trial: image, images: 1 }));
    const stood = classes(inRows(read, together), (row) => new RunningError(network.parts, alone(row), draw));
    const isNear = (net: number, i: number): boolean => stood[net]![i] === -1 || stood[net]![i] !== moved[net]![i];
    return offs.map((_, net) => batch.filter((__, i) => isNear(net, i)).map(({ image }) => image));
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

/** An image, and the trial that it is looked at in. */
interface Looked {
  trial: number;
  image: number;
}

/** All in rows of at most `most`. */
const inRows = <T>(all: readonly T[], most: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / most) }, (_, row) => all.slice(row * most, (row + 1) * most));

/** Tensors of errors of which a layer holds that many at once. */
const alive = 8;

const imagesOf = (pieces: readonly Piece[]): number[] =>
  pieces.flatMap(([start, stop]) => Array.from({ length: stop - start }, (_, i) => start + i));

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
