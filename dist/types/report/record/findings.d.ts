import type { Config } from '../../settings/config.ts';
import type { AsrFloor } from '../../verdict/asr-floor.ts';
import { type Measured } from '../../defense/pruning/candidates.ts';
import { type Candidate } from '../../verdict/figures.ts';
import type { Checkpoint } from '../../defense/pruning/checkpoints.ts';
import type { Rounded } from '../../verdict/rounding.ts';
import type { Doubt } from '../../verdict/doubt.ts';
import type { ChoiceReason } from '../../defense/pruning/default-layer.ts';
import { type GateResult, type SplitName } from '../../verdict/gate.ts';
import type { Metric } from '../../verdict/metric-table.ts';
/** Something a reader should know about a model's figures. Wording stands elsewhere. */
export type Finding = {
    code: 'default-layer';
    reason: ChoiceReason;
} | {
    code: 'order-given';
} | {
    code: 'computed-in-float32';
    declared: string;
} | {
    code: 'keras-versions-differ';
    activation: string;
} | {
    code: 'answers-at-random';
    augmentation: string;
} | ({
    code: 'rounding-decides';
} & Rounded) | {
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
    code: 'many-target-classes';
    attack: string;
    split: SplitName;
    classes: number;
} | {
    code: 'attack-fails';
    attack: string;
    split: SplitName;
    original: number;
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
    code: 'would-pass';
    kind: 'pruned' | 'goodnet';
    within: Reach | null;
    channelsPruned: number;
    accuracy: number;
    asr: number;
} | {
    code: 'none-would-pass';
    kind: 'pruned' | 'goodnet';
    within: Reach | null;
    metric: Metric | 'all';
    limit: number | null;
    firstLater: {
        channelsPruned: number;
        accuracy: number;
        asr: number;
    } | null;
};
/** The largest checkpoint that was reached, and the channels pruned there: how far a search for a passing step goes at first. */
export interface Reach {
    checkpoint: number;
    channelsPruned: number;
}
/** The facts that findings are drawn from. */
export interface Evidence {
    config: Config;
    layerChoice: ChoiceReason | null;
    /** The number format that the net declares. */
    precision: string;
    picks: readonly Checkpoint[];
    validation: Measured;
    test: Measured | null;
    candidates: readonly Candidate[];
    verdict: GateResult;
    floors: {
        split: SplitName;
        floors: readonly AsrFloor[];
    }[];
    targets: {
        split: SplitName;
        classes: ReadonlyMap<string, number>;
    }[];
    doubt: Doubt | null;
}
/** All findings on one model, the ones about how the figures were made first. */
export declare function findings(evidence: Evidence): Finding[];
