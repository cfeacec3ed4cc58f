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

/** Counts what the pruned net and the GoodNet answer. `original` and `pruned`: the class that each net gives each image. */
export function tallyOf(
  original: Int32Array,
  pruned: Int32Array,
  labels: Int32Array,
  trueLabels: Int32Array | undefined,
): Tally {
  const tally: Tally = { hits: 0, goodnetHits: 0, rejected: 0, robust: 0, goodnetRobust: 0 };
  for (let i = 0; i < labels.length; i++) {
    const same = original[i] === pruned[i];
    if (pruned[i] === labels[i]) tally.hits++;
    if (same && pruned[i] === labels[i]) tally.goodnetHits++;
    if (!same) tally.rejected++;
    if (trueLabels === undefined || pruned[i] !== trueLabels[i]) continue;
    tally.robust++;
    if (same) tally.goodnetRobust++;
  }
  return tally;
}
