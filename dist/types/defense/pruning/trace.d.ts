import { type Static, type TObject } from '@sinclair/typebox';
import type { Keep } from '../defense.ts';
import type { Pruned } from './pruned.ts';
/** What the record of a model says of its pruning. */
export declare const pruningTrace: {
    layer: import("@sinclair/typebox").TString;
    prunes: import("@sinclair/typebox").TUnion<import("@sinclair/typebox").TLiteral<"inputs" | "outputs">[]>;
    rankLayer: import("@sinclair/typebox").TString;
    layerIsDefault: import("@sinclair/typebox").TBoolean;
    ranking: TObject<{
        meanActivation: import("@sinclair/typebox").TArray<import("@sinclair/typebox").TNumber>;
        order: import("@sinclair/typebox").TArray<import("@sinclair/typebox").TInteger>;
    }>;
    sweep: TObject<{
        clean: import("@sinclair/typebox").TInteger;
        poisoned: import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TInteger>;
        steps: import("@sinclair/typebox").TArray<TObject<{
            goodnet: TObject<{
                rejectedClean: import("@sinclair/typebox").TInteger;
                rejectedPoisoned: import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TInteger>;
                correct: import("@sinclair/typebox").TInteger;
                hits: import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TInteger>;
                accuracy: import("@sinclair/typebox").TNumber;
                asr: import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TNumber>;
                robust: import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TInteger>;
                robustAccuracy: import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TNumber>;
            }>;
            correct: import("@sinclair/typebox").TInteger;
            hits: import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TInteger>;
            accuracy: import("@sinclair/typebox").TNumber;
            asr: import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TNumber>;
            robust: import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TInteger>;
            robustAccuracy: import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TNumber>;
            step: import("@sinclair/typebox").TInteger;
            channel: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TInteger, import("@sinclair/typebox").TNull]>;
        }>>;
    }>;
    checkpoints: import("@sinclair/typebox").TArray<TObject<{
        dropPoints: import("@sinclair/typebox").TNumber;
        step: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TInteger, import("@sinclair/typebox").TNull]>;
    }>>;
};
export type PruningTrace = Static<TObject<typeof pruningTrace>>;
/** A net's pruning as its record has it. */
export declare function traceOf({ target, reason, ranking, validation, picks }: Pruned, keep?: Keep): PruningTrace;
