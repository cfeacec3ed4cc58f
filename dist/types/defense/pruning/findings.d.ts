import { type Static } from '@sinclair/typebox';
import type { Config } from '../../settings/config.ts';
import { type GateResult } from '../../verdict/gate.ts';
import { type Limits } from '../../verdict/metric-table.ts';
import type { Told } from '../defense.ts';
import { type Pruned } from './pruned.ts';
/** What pruning finds. */
export declare const pruningFindings: (import("@sinclair/typebox").TObject<{
    code: import("@sinclair/typebox").TLiteral<"default-layer">;
} & {
    reason: import("@sinclair/typebox").TUnion<import("@sinclair/typebox").TLiteral<"deepest-on-every-path" | "no-layer-on-every-path" | "no-convolution" | "last-prunable">[]>;
}> | import("@sinclair/typebox").TObject<{
    code: import("@sinclair/typebox").TLiteral<"order-given">;
}> | import("@sinclair/typebox").TObject<{
    code: import("@sinclair/typebox").TLiteral<"checkpoint-not-reached">;
} & {
    checkpoint: import("@sinclair/typebox").TNumber;
    largestDrop: import("@sinclair/typebox").TNumber;
}> | import("@sinclair/typebox").TObject<{
    code: import("@sinclair/typebox").TLiteral<"checkpoints-coincide">;
} & {
    checkpoints: import("@sinclair/typebox").TArray<import("@sinclair/typebox").TNumber>;
    channelsPruned: import("@sinclair/typebox").TInteger;
}> | import("@sinclair/typebox").TObject<{
    code: import("@sinclair/typebox").TLiteral<"attack-fails">;
} & {
    attack: import("@sinclair/typebox").TString;
    split: import("@sinclair/typebox").TUnion<import("@sinclair/typebox").TLiteral<"validation" | "test">[]>;
    original: import("@sinclair/typebox").TNumber;
}> | import("@sinclair/typebox").TObject<{
    code: import("@sinclair/typebox").TLiteral<"prune-resistant">;
} & {
    attack: import("@sinclair/typebox").TString;
    split: import("@sinclair/typebox").TUnion<import("@sinclair/typebox").TLiteral<"validation" | "test">[]>;
    original: import("@sinclair/typebox").TNumber;
    pruned: import("@sinclair/typebox").TNumber;
    checkpoint: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNull]>;
    channelsPruned: import("@sinclair/typebox").TInteger;
}> | import("@sinclair/typebox").TObject<{
    code: import("@sinclair/typebox").TLiteral<"unlearning-may-repair">;
}> | import("@sinclair/typebox").TObject<{
    code: import("@sinclair/typebox").TLiteral<"would-pass">;
} & {
    kind: import("@sinclair/typebox").TUnion<import("@sinclair/typebox").TLiteral<"pruned" | "goodnet">[]>;
    within: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TObject<{
        checkpoint: import("@sinclair/typebox").TNumber;
        channelsPruned: import("@sinclair/typebox").TInteger;
    }>, import("@sinclair/typebox").TNull]>;
    channelsPruned: import("@sinclair/typebox").TInteger;
    accuracy: import("@sinclair/typebox").TNumber;
    asr: import("@sinclair/typebox").TNumber;
}> | import("@sinclair/typebox").TObject<{
    code: import("@sinclair/typebox").TLiteral<"none-would-pass">;
} & {
    kind: import("@sinclair/typebox").TUnion<import("@sinclair/typebox").TLiteral<"pruned" | "goodnet">[]>;
    within: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TObject<{
        checkpoint: import("@sinclair/typebox").TNumber;
        channelsPruned: import("@sinclair/typebox").TInteger;
    }>, import("@sinclair/typebox").TNull]>;
    metric: import("@sinclair/typebox").TUnion<import("@sinclair/typebox").TLiteral<"all" | "accuracy" | "asr" | "accuracy-drop" | "asr-increase" | "accuracy-decrease">[]>;
    limit: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNull]>;
    firstLater: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TObject<{
        channelsPruned: import("@sinclair/typebox").TInteger;
        accuracy: import("@sinclair/typebox").TNumber;
        asr: import("@sinclair/typebox").TNumber;
    }>, import("@sinclair/typebox").TNull]>;
}>)[];
export type PruningFinding = Static<(typeof pruningFindings)[number]>;
/** What a reader should know of a net that was pruned. */
export declare function findingsOf(pruned: Pruned, limits: Limits & Pick<Config, 'defenses'>, verdict: GateResult): Told<PruningFinding>;
