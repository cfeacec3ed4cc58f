/** What is counted one after the other: each needs all of that before it. */
export declare const shardPhases: readonly ["rank", "sweep", "test"];
export type ShardPhase = (typeof shardPhases)[number];
/** What one of several counts: every `of`th chunk of each dataset, from `index` on, in one phase. */
export interface Share {
    index: number;
    of: number;
    phase: ShardPhase;
}
