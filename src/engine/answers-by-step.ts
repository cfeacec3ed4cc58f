import { type Features, type Network, prune } from './network.ts';
import type { RowNet } from './rows/row-net.ts';

const same = -2;

/**
 * The class that each image is given after pruning the first k channels of `order`, for each k of `stops`, ascending: [stops][images].
 * Prunes `features` in place. An image is looked at again only where a newly pruned channel was not already at its pruned value.
 */
export function answersAt(
  network: Network,
  features: Features,
  order: Int32Array,
  stops: readonly number[],
): Int32Array[] {
  const pruned = stops.map((stop, i) => order.subarray(i === 0 ? 0 : stops[i - 1], stop));
  return network.rows === null ? byLayers(network, features, pruned) : byRows(network, network.rows, features, pruned);
}

/** All images step by step, with the rest of the net run on those that changed. */
function byLayers(network: Network, features: Features, pruned: readonly Int32Array[]): Int32Array[] {
  let current = new Int32Array(features.count);
  return pruned.map((channels, i) => {
    const changed = prune(features, network, channels);
    const chosen = i === 0 ? Int32Array.from(current.keys()) : changed;
    current = current.slice();
    network.classes(features, chosen).forEach((answer, j) => (current[chosen[j]!] = answer));
    return current;
  });
}

/** All steps image by image, with sums of weight rows; where rounding could decide between two classes, the engine does. */
function byRows(network: Network, rows: RowNet, { count, cut }: Features, pruned: readonly Int32Array[]): Int32Array[] {
  const {
    constant,
    parts: { channels, cutSize },
  } = network;
  const answers = pruned.map(() => new Int32Array(count).fill(same));
  const undecided = new Undecided(network, answers);
  for (let image = 0; image < count; image++) {
    const own = cut.subarray(image * cutSize, (image + 1) * cutSize);
    let kept: number[] = [];
    const answer = (): void => {
      for (const [row, found] of rows.answers().entries()) {
        answers[kept[row]!]![image] = found;
        if (found === -1) undecided.push(kept[row]!, image, rows.cutOf(row));
      }
      kept = [];
    };
    rows.begin(own);
    for (const [step, newly] of pruned.entries()) {
      const changed = rows.prune(own, constant, channels, newly);
      if (!changed && step > 0) continue;
      rows.keep(own);
      if (kept.push(step) === rows.together) answer();
    }
    if (kept.length > 0) answer();
  }
  undecided.decide();
  for (const [i, current] of answers.entries())
    current.forEach((answer, image) => answer === same && (current[image] = answers[i - 1]![image]!));
  return answers;
}

const mostUndecided = 128;

/** Images that are left to the engine, a batch at a time. */
class Undecided {
  private waiting: { step: number; image: number; cut: Float32Array }[] = [];

  constructor(
    private readonly network: Network,
    private readonly answers: Int32Array[],
  ) {}

  push(step: number, image: number, cut: Float32Array): void {
    this.waiting.push({ step, image, cut: cut.slice() });
    if (this.waiting.length === mostUndecided) this.decide();
  }

  decide(): void {
    const { cutSize } = this.network.parts;
    const features: Features = {
      count: this.waiting.length,
      cut: new Float32Array(this.waiting.length * cutSize),
      sides: [],
    };
    this.waiting.forEach(({ cut }, i) => features.cut.set(cut, i * cutSize));
    this.network
      .classes(features, Int32Array.from(this.waiting.keys()))
      .forEach((answer, i) => (this.answers[this.waiting[i]!.step]![this.waiting[i]!.image] = answer));
    this.waiting = [];
  }
}
