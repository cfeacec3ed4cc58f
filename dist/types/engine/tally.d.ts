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
export declare function tallyOf(original: Int32Array, pruned: Int32Array, labels: Int32Array, trueLabels: Int32Array | undefined): Tally;
