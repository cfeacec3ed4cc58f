import { type Static } from '@sinclair/typebox';
/** What number formats are called. */
export declare const formatName: RegExp;
/** How classes of layers that change images at random are called. */
export declare const augmentation: RegExp;
declare const candidate: import("@sinclair/typebox").TObject<{
    kind: import("@sinclair/typebox").TUnion<import("@sinclair/typebox").TLiteral<"original" | "pruned" | "fine-pruned" | "unlearned" | "goodnet">[]>;
    checkpoint: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNull]>;
    stage: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TString>;
    channelsPruned: import("@sinclair/typebox").TInteger;
    file: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TString, import("@sinclair/typebox").TNull]>;
    sha256: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TString, import("@sinclair/typebox").TNull]>;
    validation: import("@sinclair/typebox").TObject<{
        clean: import("@sinclair/typebox").TInteger;
        correct: import("@sinclair/typebox").TInteger;
        accuracy: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNull]>;
        accuracyInterval: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TTuple<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNumber]>, import("@sinclair/typebox").TNull]>;
        poisoned: import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TInteger>;
        hits: import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TInteger>;
        asr: import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNull]>>;
        asrInterval: import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TTuple<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNumber]>, import("@sinclair/typebox").TNull]>>;
        maxAsr: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNull]>;
        robust: import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TInteger>;
        robustAccuracy: import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNull]>>;
        accuracyDrop: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNull]>;
        der: import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNull]>>;
        rejectedClean: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TInteger>;
        rejectedPoisoned: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TInteger>>;
    }>;
    test: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TObject<{
        clean: import("@sinclair/typebox").TInteger;
        correct: import("@sinclair/typebox").TInteger;
        accuracy: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNull]>;
        accuracyInterval: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TTuple<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNumber]>, import("@sinclair/typebox").TNull]>;
        poisoned: import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TInteger>;
        hits: import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TInteger>;
        asr: import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNull]>>;
        asrInterval: import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TTuple<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNumber]>, import("@sinclair/typebox").TNull]>>;
        maxAsr: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNull]>;
        robust: import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TInteger>;
        robustAccuracy: import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNull]>>;
        accuracyDrop: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNull]>;
        der: import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNull]>>;
        rejectedClean: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TInteger>;
        rejectedPoisoned: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TInteger>>;
    }>, import("@sinclair/typebox").TNull]>;
    change: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TObject<{
        validation: import("@sinclair/typebox").TObject<{
            accuracy: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNull]>;
            asr: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNull]>;
        }>;
        test: import("@sinclair/typebox").TObject<{
            accuracy: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNull]>;
            asr: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNull]>;
        }>;
    }>>;
}>;
export declare const rewrite: import("@sinclair/typebox").TUnion<import("@sinclair/typebox").TLiteral<"slope" | "multiple" | "gelu" | "hard_swish" | "mish" | "fraction" | "fast_gelu">[]>;
/** One model of a report. */
export declare const modelSchema: import("@sinclair/typebox").TObject<{
    candidates: import("@sinclair/typebox").TArray<import("@sinclair/typebox").TObject<{
        kind: import("@sinclair/typebox").TUnion<import("@sinclair/typebox").TLiteral<"original" | "pruned" | "fine-pruned" | "unlearned" | "goodnet">[]>;
        checkpoint: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNull]>;
        stage: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TString>;
        channelsPruned: import("@sinclair/typebox").TInteger;
        file: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TString, import("@sinclair/typebox").TNull]>;
        sha256: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TString, import("@sinclair/typebox").TNull]>;
        validation: import("@sinclair/typebox").TObject<{
            clean: import("@sinclair/typebox").TInteger;
            correct: import("@sinclair/typebox").TInteger;
            accuracy: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNull]>;
            accuracyInterval: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TTuple<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNumber]>, import("@sinclair/typebox").TNull]>;
            poisoned: import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TInteger>;
            hits: import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TInteger>;
            asr: import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNull]>>;
            asrInterval: import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TTuple<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNumber]>, import("@sinclair/typebox").TNull]>>;
            maxAsr: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNull]>;
            robust: import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TInteger>;
            robustAccuracy: import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNull]>>;
            accuracyDrop: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNull]>;
            der: import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNull]>>;
            rejectedClean: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TInteger>;
            rejectedPoisoned: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TInteger>>;
        }>;
        test: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TObject<{
            clean: import("@sinclair/typebox").TInteger;
            correct: import("@sinclair/typebox").TInteger;
            accuracy: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNull]>;
            accuracyInterval: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TTuple<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNumber]>, import("@sinclair/typebox").TNull]>;
            poisoned: import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TInteger>;
            hits: import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TInteger>;
            asr: import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNull]>>;
            asrInterval: import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TTuple<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNumber]>, import("@sinclair/typebox").TNull]>>;
            maxAsr: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNull]>;
            robust: import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TInteger>;
            robustAccuracy: import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNull]>>;
            accuracyDrop: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNull]>;
            der: import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNull]>>;
            rejectedClean: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TInteger>;
            rejectedPoisoned: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TInteger>>;
        }>, import("@sinclair/typebox").TNull]>;
        change: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TObject<{
            validation: import("@sinclair/typebox").TObject<{
                accuracy: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNull]>;
                asr: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNull]>;
            }>;
            test: import("@sinclair/typebox").TObject<{
                accuracy: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNull]>;
                asr: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNull]>;
            }>;
        }>>;
    }>>;
    gate: import("@sinclair/typebox").TObject<{
        verdict: import("@sinclair/typebox").TUnion<import("@sinclair/typebox").TLiteral<"failed" | "passed" | "inconclusive" | "repairable" | "ungated">[]>;
        recommended: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TInteger, import("@sinclair/typebox").TNull]>;
        failedOnTest: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TInteger, import("@sinclair/typebox").TNull]>;
        judgedOn: import("@sinclair/typebox").TUnion<import("@sinclair/typebox").TLiteral<"validation" | "test">[]>;
        rules: import("@sinclair/typebox").TArray<import("@sinclair/typebox").TObject<{
            candidate: import("@sinclair/typebox").TInteger;
            split: import("@sinclair/typebox").TUnion<import("@sinclair/typebox").TLiteral<"validation" | "test">[]>;
            metric: import("@sinclair/typebox").TUnion<import("@sinclair/typebox").TLiteral<"accuracy" | "asr" | "accuracy-drop" | "asr-increase" | "accuracy-decrease">[]>;
            limit: import("@sinclair/typebox").TNumber;
            actual: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNull]>;
            met: import("@sinclair/typebox").TBoolean;
            undecided: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TObject<{
                end: import("@sinclair/typebox").TNumber;
                images: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TInteger, import("@sinclair/typebox").TNull]>;
            }>>;
            source: import("@sinclair/typebox").TUnion<import("@sinclair/typebox").TLiteral<"default" | "flag" | "config">[]>;
        }>>;
        doubt: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TObject<{
            code: import("@sinclair/typebox").TLiteral<"half-precision">;
            declared: import("@sinclair/typebox").TString;
        }>, import("@sinclair/typebox").TObject<{
            code: import("@sinclair/typebox").TLiteral<"keras-versions-differ">;
            activation: import("@sinclair/typebox").TString;
        }>, import("@sinclair/typebox").TObject<{
            code: import("@sinclair/typebox").TLiteral<"answers-at-random">;
            augmentation: import("@sinclair/typebox").TString;
        }>, import("@sinclair/typebox").TObject<{
            code: import("@sinclair/typebox").TLiteral<"graph-rewritten">;
            rewrite: import("@sinclair/typebox").TUnion<import("@sinclair/typebox").TLiteral<"slope" | "multiple" | "gelu" | "hard_swish" | "mish" | "fraction" | "fast_gelu">[]>;
        }>, import("@sinclair/typebox").TObject<{
            channelsPruned: import("@sinclair/typebox").TInteger;
            stage: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TString>;
            split: import("@sinclair/typebox").TUnion<import("@sinclair/typebox").TLiteral<"validation" | "test">[]>;
            attack: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TString, import("@sinclair/typebox").TNull]>;
            images: import("@sinclair/typebox").TInteger;
            changed: import("@sinclair/typebox").TInteger;
            code: import("@sinclair/typebox").TLiteral<"rounding-decides">;
        }>]>>;
    }>;
    rounding: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TArray<import("@sinclair/typebox").TObject<{
        channelsPruned: import("@sinclair/typebox").TInteger;
        stage: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TString>;
        split: import("@sinclair/typebox").TUnion<import("@sinclair/typebox").TLiteral<"validation" | "test">[]>;
        attack: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TString, import("@sinclair/typebox").TNull]>;
        images: import("@sinclair/typebox").TInteger;
        changed: import("@sinclair/typebox").TInteger;
    }>>>;
    findings: import("@sinclair/typebox").TArray<import("@sinclair/typebox").TObject<{
        code: import("@sinclair/typebox").TString;
    }>>;
    finePruning: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TObject<{
        images: import("@sinclair/typebox").TInteger;
        fewest: import("@sinclair/typebox").TInteger;
        stages: import("@sinclair/typebox").TArray<import("@sinclair/typebox").TObject<{
            checkpoint: import("@sinclair/typebox").TNumber;
            channelsPruned: import("@sinclair/typebox").TInteger;
            attempts: import("@sinclair/typebox").TArray<import("@sinclair/typebox").TObject<{
                rate: import("@sinclair/typebox").TNumber;
                heldOut: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TObject<{
                    images: import("@sinclair/typebox").TInteger;
                    lost: import("@sinclair/typebox").TInteger;
                    won: import("@sinclair/typebox").TInteger;
                }>, import("@sinclair/typebox").TNull]>;
                passed: import("@sinclair/typebox").TBoolean;
            }>>;
        }>>;
    }>>;
    layer: import("@sinclair/typebox").TString;
    prunes: import("@sinclair/typebox").TUnion<import("@sinclair/typebox").TLiteral<"inputs" | "outputs">[]>;
    rankLayer: import("@sinclair/typebox").TString;
    layerIsDefault: import("@sinclair/typebox").TBoolean;
    ranking: import("@sinclair/typebox").TObject<{
        meanActivation: import("@sinclair/typebox").TArray<import("@sinclair/typebox").TNumber>;
        order: import("@sinclair/typebox").TArray<import("@sinclair/typebox").TInteger>;
    }>;
    sweep: import("@sinclair/typebox").TObject<{
        clean: import("@sinclair/typebox").TInteger;
        poisoned: import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TInteger>;
        steps: import("@sinclair/typebox").TArray<import("@sinclair/typebox").TObject<{
            goodnet: import("@sinclair/typebox").TObject<{
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
    checkpoints: import("@sinclair/typebox").TArray<import("@sinclair/typebox").TObject<{
        dropPoints: import("@sinclair/typebox").TNumber;
        step: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TInteger, import("@sinclair/typebox").TNull]>;
    }>>;
    unlearning: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TObject<{
        images: import("@sinclair/typebox").TInteger;
        fewest: import("@sinclair/typebox").TInteger;
        rounds: import("@sinclair/typebox").TArray<import("@sinclair/typebox").TObject<{
            triggers: import("@sinclair/typebox").TArray<import("@sinclair/typebox").TObject<{
                target: import("@sinclair/typebox").TInteger;
                steps: import("@sinclair/typebox").TInteger;
                sizes: import("@sinclair/typebox").TArray<import("@sinclair/typebox").TNumber>;
                l1: import("@sinclair/typebox").TNumber;
                success: import("@sinclair/typebox").TNumber;
                reached: import("@sinclair/typebox").TBoolean;
                anomalyIndex: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNull]>;
            }>>;
            unlearned: import("@sinclair/typebox").TArray<import("@sinclair/typebox").TInteger>;
            attempts: import("@sinclair/typebox").TArray<import("@sinclair/typebox").TObject<{
                rate: import("@sinclair/typebox").TNumber;
                heldOut: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TObject<{
                    images: import("@sinclair/typebox").TInteger;
                    lost: import("@sinclair/typebox").TInteger;
                    won: import("@sinclair/typebox").TInteger;
                }>, import("@sinclair/typebox").TNull]>;
                passed: import("@sinclair/typebox").TBoolean;
            }>>;
        }>>;
    }>>;
    name: import("@sinclair/typebox").TString;
    path: import("@sinclair/typebox").TString;
    sha256: import("@sinclair/typebox").TString;
    classes: import("@sinclair/typebox").TInteger;
}>;
/** A file or folder that was read; `samples` is null for a model. */
export declare const inputSchema: import("@sinclair/typebox").TObject<{
    path: import("@sinclair/typebox").TString;
    bytes: import("@sinclair/typebox").TInteger;
    sha256: import("@sinclair/typebox").TString;
    samples: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TInteger, import("@sinclair/typebox").TNull]>;
}>;
/** The whole outcome of a run. Percentages are 0..100 and stand beside the counts they come from. Fields may be added; these stay. */
export declare const reportSchema: import("@sinclair/typebox").TObject<{
    schemaVersion: import("@sinclair/typebox").TLiteral<1>;
    passed: import("@sinclair/typebox").TBoolean;
    verdict: import("@sinclair/typebox").TUnion<import("@sinclair/typebox").TLiteral<"error" | "failed" | "passed" | "inconclusive" | "repairable" | "ungated">[]>;
    errors: import("@sinclair/typebox").TArray<import("@sinclair/typebox").TObject<{
        path: import("@sinclair/typebox").TString;
        sha256: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TString, import("@sinclair/typebox").TNull]>>;
        code: import("@sinclair/typebox").TString;
        message: import("@sinclair/typebox").TString;
        trace: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TString>;
    }>>;
    config: import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TObject<{
        value: import("@sinclair/typebox").TUnknown;
        source: import("@sinclair/typebox").TUnion<import("@sinclair/typebox").TLiteral<"default" | "flag" | "config">[]>;
    }>>;
    inputs: import("@sinclair/typebox").TArray<import("@sinclair/typebox").TObject<{
        path: import("@sinclair/typebox").TString;
        bytes: import("@sinclair/typebox").TInteger;
        sha256: import("@sinclair/typebox").TString;
        samples: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TInteger, import("@sinclair/typebox").TNull]>;
    }>>;
    models: import("@sinclair/typebox").TArray<import("@sinclair/typebox").TObject<{
        candidates: import("@sinclair/typebox").TArray<import("@sinclair/typebox").TObject<{
            kind: import("@sinclair/typebox").TUnion<import("@sinclair/typebox").TLiteral<"original" | "pruned" | "fine-pruned" | "unlearned" | "goodnet">[]>;
            checkpoint: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNull]>;
            stage: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TString>;
            channelsPruned: import("@sinclair/typebox").TInteger;
            file: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TString, import("@sinclair/typebox").TNull]>;
            sha256: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TString, import("@sinclair/typebox").TNull]>;
            validation: import("@sinclair/typebox").TObject<{
                clean: import("@sinclair/typebox").TInteger;
                correct: import("@sinclair/typebox").TInteger;
                accuracy: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNull]>;
                accuracyInterval: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TTuple<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNumber]>, import("@sinclair/typebox").TNull]>;
                poisoned: import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TInteger>;
                hits: import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TInteger>;
                asr: import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNull]>>;
                asrInterval: import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TTuple<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNumber]>, import("@sinclair/typebox").TNull]>>;
                maxAsr: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNull]>;
                robust: import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TInteger>;
                robustAccuracy: import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNull]>>;
                accuracyDrop: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNull]>;
                der: import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNull]>>;
                rejectedClean: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TInteger>;
                rejectedPoisoned: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TInteger>>;
            }>;
            test: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TObject<{
                clean: import("@sinclair/typebox").TInteger;
                correct: import("@sinclair/typebox").TInteger;
                accuracy: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNull]>;
                accuracyInterval: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TTuple<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNumber]>, import("@sinclair/typebox").TNull]>;
                poisoned: import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TInteger>;
                hits: import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TInteger>;
                asr: import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNull]>>;
                asrInterval: import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TTuple<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNumber]>, import("@sinclair/typebox").TNull]>>;
                maxAsr: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNull]>;
                robust: import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TInteger>;
                robustAccuracy: import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNull]>>;
                accuracyDrop: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNull]>;
                der: import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNull]>>;
                rejectedClean: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TInteger>;
                rejectedPoisoned: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TInteger>>;
            }>, import("@sinclair/typebox").TNull]>;
            change: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TObject<{
                validation: import("@sinclair/typebox").TObject<{
                    accuracy: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNull]>;
                    asr: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNull]>;
                }>;
                test: import("@sinclair/typebox").TObject<{
                    accuracy: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNull]>;
                    asr: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNull]>;
                }>;
            }>>;
        }>>;
        gate: import("@sinclair/typebox").TObject<{
            verdict: import("@sinclair/typebox").TUnion<import("@sinclair/typebox").TLiteral<"failed" | "passed" | "inconclusive" | "repairable" | "ungated">[]>;
            recommended: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TInteger, import("@sinclair/typebox").TNull]>;
            failedOnTest: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TInteger, import("@sinclair/typebox").TNull]>;
            judgedOn: import("@sinclair/typebox").TUnion<import("@sinclair/typebox").TLiteral<"validation" | "test">[]>;
            rules: import("@sinclair/typebox").TArray<import("@sinclair/typebox").TObject<{
                candidate: import("@sinclair/typebox").TInteger;
                split: import("@sinclair/typebox").TUnion<import("@sinclair/typebox").TLiteral<"validation" | "test">[]>;
                metric: import("@sinclair/typebox").TUnion<import("@sinclair/typebox").TLiteral<"accuracy" | "asr" | "accuracy-drop" | "asr-increase" | "accuracy-decrease">[]>;
                limit: import("@sinclair/typebox").TNumber;
                actual: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNull]>;
                met: import("@sinclair/typebox").TBoolean;
                undecided: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TObject<{
                    end: import("@sinclair/typebox").TNumber;
                    images: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TInteger, import("@sinclair/typebox").TNull]>;
                }>>;
                source: import("@sinclair/typebox").TUnion<import("@sinclair/typebox").TLiteral<"default" | "flag" | "config">[]>;
            }>>;
            doubt: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TObject<{
                code: import("@sinclair/typebox").TLiteral<"half-precision">;
                declared: import("@sinclair/typebox").TString;
            }>, import("@sinclair/typebox").TObject<{
                code: import("@sinclair/typebox").TLiteral<"keras-versions-differ">;
                activation: import("@sinclair/typebox").TString;
            }>, import("@sinclair/typebox").TObject<{
                code: import("@sinclair/typebox").TLiteral<"answers-at-random">;
                augmentation: import("@sinclair/typebox").TString;
            }>, import("@sinclair/typebox").TObject<{
                code: import("@sinclair/typebox").TLiteral<"graph-rewritten">;
                rewrite: import("@sinclair/typebox").TUnion<import("@sinclair/typebox").TLiteral<"slope" | "multiple" | "gelu" | "hard_swish" | "mish" | "fraction" | "fast_gelu">[]>;
            }>, import("@sinclair/typebox").TObject<{
                channelsPruned: import("@sinclair/typebox").TInteger;
                stage: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TString>;
                split: import("@sinclair/typebox").TUnion<import("@sinclair/typebox").TLiteral<"validation" | "test">[]>;
                attack: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TString, import("@sinclair/typebox").TNull]>;
                images: import("@sinclair/typebox").TInteger;
                changed: import("@sinclair/typebox").TInteger;
                code: import("@sinclair/typebox").TLiteral<"rounding-decides">;
            }>]>>;
        }>;
        rounding: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TArray<import("@sinclair/typebox").TObject<{
            channelsPruned: import("@sinclair/typebox").TInteger;
            stage: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TString>;
            split: import("@sinclair/typebox").TUnion<import("@sinclair/typebox").TLiteral<"validation" | "test">[]>;
            attack: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TString, import("@sinclair/typebox").TNull]>;
            images: import("@sinclair/typebox").TInteger;
            changed: import("@sinclair/typebox").TInteger;
        }>>>;
        findings: import("@sinclair/typebox").TArray<import("@sinclair/typebox").TObject<{
            code: import("@sinclair/typebox").TString;
        }>>;
        finePruning: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TObject<{
            images: import("@sinclair/typebox").TInteger;
            fewest: import("@sinclair/typebox").TInteger;
            stages: import("@sinclair/typebox").TArray<import("@sinclair/typebox").TObject<{
                checkpoint: import("@sinclair/typebox").TNumber;
                channelsPruned: import("@sinclair/typebox").TInteger;
                attempts: import("@sinclair/typebox").TArray<import("@sinclair/typebox").TObject<{
                    rate: import("@sinclair/typebox").TNumber;
                    heldOut: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TObject<{
                        images: import("@sinclair/typebox").TInteger;
                        lost: import("@sinclair/typebox").TInteger;
                        won: import("@sinclair/typebox").TInteger;
                    }>, import("@sinclair/typebox").TNull]>;
                    passed: import("@sinclair/typebox").TBoolean;
                }>>;
            }>>;
        }>>;
        layer: import("@sinclair/typebox").TString;
        prunes: import("@sinclair/typebox").TUnion<import("@sinclair/typebox").TLiteral<"inputs" | "outputs">[]>;
        rankLayer: import("@sinclair/typebox").TString;
        layerIsDefault: import("@sinclair/typebox").TBoolean;
        ranking: import("@sinclair/typebox").TObject<{
            meanActivation: import("@sinclair/typebox").TArray<import("@sinclair/typebox").TNumber>;
            order: import("@sinclair/typebox").TArray<import("@sinclair/typebox").TInteger>;
        }>;
        sweep: import("@sinclair/typebox").TObject<{
            clean: import("@sinclair/typebox").TInteger;
            poisoned: import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TInteger>;
            steps: import("@sinclair/typebox").TArray<import("@sinclair/typebox").TObject<{
                goodnet: import("@sinclair/typebox").TObject<{
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
        checkpoints: import("@sinclair/typebox").TArray<import("@sinclair/typebox").TObject<{
            dropPoints: import("@sinclair/typebox").TNumber;
            step: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TInteger, import("@sinclair/typebox").TNull]>;
        }>>;
        unlearning: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TObject<{
            images: import("@sinclair/typebox").TInteger;
            fewest: import("@sinclair/typebox").TInteger;
            rounds: import("@sinclair/typebox").TArray<import("@sinclair/typebox").TObject<{
                triggers: import("@sinclair/typebox").TArray<import("@sinclair/typebox").TObject<{
                    target: import("@sinclair/typebox").TInteger;
                    steps: import("@sinclair/typebox").TInteger;
                    sizes: import("@sinclair/typebox").TArray<import("@sinclair/typebox").TNumber>;
                    l1: import("@sinclair/typebox").TNumber;
                    success: import("@sinclair/typebox").TNumber;
                    reached: import("@sinclair/typebox").TBoolean;
                    anomalyIndex: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNull]>;
                }>>;
                unlearned: import("@sinclair/typebox").TArray<import("@sinclair/typebox").TInteger>;
                attempts: import("@sinclair/typebox").TArray<import("@sinclair/typebox").TObject<{
                    rate: import("@sinclair/typebox").TNumber;
                    heldOut: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TObject<{
                        images: import("@sinclair/typebox").TInteger;
                        lost: import("@sinclair/typebox").TInteger;
                        won: import("@sinclair/typebox").TInteger;
                    }>, import("@sinclair/typebox").TNull]>;
                    passed: import("@sinclair/typebox").TBoolean;
                }>>;
            }>>;
        }>>;
        name: import("@sinclair/typebox").TString;
        path: import("@sinclair/typebox").TString;
        sha256: import("@sinclair/typebox").TString;
        classes: import("@sinclair/typebox").TInteger;
    }>>;
    files: import("@sinclair/typebox").TArray<import("@sinclair/typebox").TString>;
    run: import("@sinclair/typebox").TObject<{
        tool: import("@sinclair/typebox").TLiteral<"goodnet">;
        version: import("@sinclair/typebox").TString;
        engine: import("@sinclair/typebox").TString;
        workers: import("@sinclair/typebox").TInteger;
        evaluators: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TArray<import("@sinclair/typebox").TObject<{
            url: import("@sinclair/typebox").TString;
            version: import("@sinclair/typebox").TString;
            chunks: import("@sinclair/typebox").TInteger;
            checked: import("@sinclair/typebox").TInteger;
        }>>>;
        node: import("@sinclair/typebox").TString;
        startedAt: import("@sinclair/typebox").TString;
        seconds: import("@sinclair/typebox").TNumber;
        plan: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TString>;
        unlearningSeconds: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TNumber>>;
    }>;
}>;
export type Report = Static<typeof reportSchema>;
/** The settings of a report, without where they came from. */
export declare const settingsIn: (config: Report["config"]) => Record<string, unknown>;
export type ModelReport = Static<typeof modelSchema>;
export type CandidateReport = Static<typeof candidate>;
export {};
