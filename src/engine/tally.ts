import type { Features, Network } from './network.ts';

/** What was counted over images after pruning some number of channels. Label: the true class, or the attacker's on poisoned data. */
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

/**
 * One tally for each of `stops`: the numbers of channels of `order` that are pruned, ascending. Prunes `features` in place.
 * An image is run again only where a newly pruned channel was not already at its pruned value.
 */
export function sweepChunk(network: Network, features: Features, labels: Int32Array, trueLabels: Int32Array | undefined, order: Int32Array, stops: readonly number[]): Tally[] {
  const original = network.classes(features, Int32Array.from(labels.keys()));
  const current = original.slice();
  let done = 0;
  return stops.map((stop) => {
    const changed = prune(features, network, order.subarray(done, stop));
    done = stop;
    network.classes(features, changed).forEach((answer, j) => (current[changed[j]!] = answer));
    return count(original, current, labels, trueLabels);
  });
}

/** Sets channels of cut [images, positions, channels] to their pruned values; answers the images in which that changed something. */
function prune({ count, cut }: Features, { constant, parts: { channels, cutSize } }: Network, pruned: Int32Array): Int32Array {
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

function count(original: Int32Array, current: Int32Array, labels: Int32Array, trueLabels: Int32Array | undefined): Tally {
  const tally: Tally = { hits: 0, goodnetHits: 0, rejected: 0, robust: 0, goodnetRobust: 0 };
  for (let i = 0; i < labels.length; i++) {
    const same = original[i] === current[i];
    if (current[i] === labels[i]) tally.hits++;
    if (same && current[i] === labels[i]) tally.goodnetHits++;
    if (!same) tally.rejected++;
    if (trueLabels === undefined || current[i] !== trueLabels[i]) continue;
    tally.robust++;
    if (same) tally.goodnetRobust++;
  }
  return tally;
}
