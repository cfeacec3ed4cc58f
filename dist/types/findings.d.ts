import type { Config } from './config.ts';
import type { AsrFloor } from './defense/asr-floor.ts';
import { type Candidate, type Measured } from './defense/candidates.ts';
import type { Checkpoint } from './defense/checkpoints.ts';
import type { ChoiceReason } from './engine/default-layer.ts';
import { type GateResult, type Metric, type SplitName } from './gate.ts';
/** Something a reader should know about a model's figures. Wording stands elsewhere. */
export type Finding = {
    code: 'default-layer';
    reason: ChoiceReason;
} | {
    code: 'order-given';
} | {
    code: 'checkpoint-not-reached';
    checkpoint: number;
    largestDrop: number;
} | {
    code: 'checkpoints-coincide';
    checkpoints: number[];
    channelsPruned: number;
} | {
    code: 'no-attack-measured';
} | {
    code: 'judged-on-same-images';
} | {
    code: 'prune-resistant';
    attack: string;
    split: SplitName;
    original: number;
    pruned: number;
    checkpoint: number | null;
    channelsPruned: number;
} | {
    code: 'interval-spans-limit';
    candidate: number;
    split: SplitName;
    metric: Metric;
    limit: number;
    low: number;
    high: number;
} | {
    code: 'asr-floor';
    attack: string;
    split: SplitName;
    images: number;
    floor: number;
} | {
    code: 'goodnet-not-written';
    cause: string;
} | {
    code: 'would-pass';
    kind: 'pruned' | 'goodnet';
    channelsPruned: number;
    accuracy: number;
    asr: number;
} | {
    code: 'none-would-pass';
    kind: 'pruned' | 'goodnet';
    within: number | null;
    metric: Metric | 'all';
    limit: number | null;
    firstLater: {
        channelsPruned: number;
        accuracy: number;
        asr: number;
    } | null;
};
/** The facts that findings are drawn from. */
export interface Evidence {
    config: Config;
    layerChoice: ChoiceReason | null;
    picks: readonly Checkpoint[];
    validation: Measured;
    test: Measured | null;
    candidates: readonly Candidate[];
    verdict: GateResult;
    floors: {
        split: SplitName;
        floors: readonly AsrFloor[];
    }[];
    /** Why no GoodNet file could be written; null if they were. */
    goodnetProblem: string | null;
}
/** All findings on one model, the ones about how the figures were made first. */
export declare function findings(evidence: Evidence): Finding[];
