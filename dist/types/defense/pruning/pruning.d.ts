import type { Config } from '../../settings/config.ts';
import { type Candidate } from '../../verdict/figures.ts';
import type { Net, Proposal, Subject } from '../defense.ts';
import { type PruningFinding } from './findings.ts';
import { type Pruned } from './pruned.ts';
import { type PruningTrace } from './trace.ts';
import { pruningSentence } from './words.ts';
/**
 * Prunes the least active channels of a layer, and keeps the nets at checkpoints of clean validation accuracy.
 * Source: K. Liu, B. Dolan-Gavitt, S. Garg, "Fine-Pruning: Defending Against Backdooring Attacks on Deep Neural Networks", RAID 2018.
 */
export declare const pruning: {
    name: "pruning";
    trace: {
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
    };
    findings: (import("@sinclair/typebox").TObject<{
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
    stages: ({ checkpoints: drops }: Config) => string[];
    propose: typeof propose;
    recall: (recorded: import("../defense.ts").Recorded<{
        layer: string;
        checkpoints: {
            dropPoints: number;
            step: number | null;
        }[];
        sweep: {
            clean: number;
            steps: {
                goodnet: {
                    hits: {
                        [x: string]: number;
                    };
                    rejectedClean: number;
                    robust: {
                        [x: string]: number;
                    };
                    accuracy: number;
                    asr: {
                        [x: string]: number;
                    };
                    correct: number;
                    rejectedPoisoned: {
                        [x: string]: number;
                    };
                    robustAccuracy: {
                        [x: string]: number;
                    };
                };
                hits: {
                    [x: string]: number;
                };
                channel: number | null;
                robust: {
                    [x: string]: number;
                };
                accuracy: number;
                asr: {
                    [x: string]: number;
                };
                correct: number;
                robustAccuracy: {
                    [x: string]: number;
                };
                step: number;
            }[];
            poisoned: {
                [x: string]: number;
            };
        };
        prunes: "inputs" | "outputs";
        rankLayer: string;
        ranking: {
            order: number[];
            meanActivation: number[];
        };
        layerIsDefault: boolean;
    }>, config: {
        baseline?: string | undefined;
        architecture?: string | {
            file: string;
            sha256: string;
        } | undefined;
        layer?: string | undefined;
        'rank-at'?: string | undefined;
        'prune-inputs-of'?: string | undefined;
        order?: number[] | undefined;
        clean?: {
            test?: string | {
                data?: string | undefined;
                sha256?: string | undefined;
                label?: string | undefined;
                file: string;
            } | undefined;
            validation: string | {
                data?: string | undefined;
                sha256?: string | undefined;
                label?: string | undefined;
                file: string;
            };
        } | undefined;
        resize?: "bilinear" | "nearest" | undefined;
        mean?: number[] | undefined;
        std?: number[] | undefined;
        'min-accuracy'?: number | undefined;
        'max-asr'?: number | undefined;
        'max-accuracy-drop'?: number | undefined;
        'max-anomaly-index'?: number | undefined;
        'max-asr-increase'?: number | undefined;
        'max-accuracy-decrease'?: number | undefined;
        workers?: number | undefined;
        evaluator?: string[] | undefined;
        concurrency?: number | undefined;
        'sarif-file'?: string | undefined;
        scale: string | number;
        models: string[];
        checkpoints: number[];
        defenses: ("pruning" | "fine-pruning" | "unlearning")[];
        rounds: number;
        attacks: {
            [x: string]: {
                validation?: string | {
                    data?: string | undefined;
                    sha256?: string | undefined;
                    label?: string | undefined;
                    file: string;
                } | undefined;
                test?: string | {
                    data?: string | undefined;
                    sha256?: string | undefined;
                    label?: string | undefined;
                    file: string;
                } | undefined;
                target?: number | undefined;
                trigger?: {
                    mask?: string | {
                        file: string;
                        sha256: string;
                    } | undefined;
                    opacity?: number | undefined;
                    scale?: string | number | undefined;
                    at: [number, number];
                    image: string | {
                        file: string;
                        sha256: string;
                    };
                } | undefined;
            };
        };
        'data-name': string;
        'label-name': string;
        layout: "auto" | "NCHW" | "NHWC";
        'class-folders': "numbers" | "auto" | "sorted";
        accept: ("original" | "pruned" | "fine-pruned" | "unlearned" | "goodnet")[];
        'judge-by': "rate" | "interval";
        'max-file-bytes': number;
        'max-memory-bytes': number;
        'time-budget-minutes': number;
        engine: "wasm" | "tensorflow";
        'evaluator-check': number;
        out: string;
    }) => Proposal<{
        layer: string;
        checkpoints: {
            dropPoints: number;
            step: number | null;
        }[];
        sweep: {
            clean: number;
            steps: {
                goodnet: {
                    hits: {
                        [x: string]: number;
                    };
                    rejectedClean: number;
                    robust: {
                        [x: string]: number;
                    };
                    accuracy: number;
                    asr: {
                        [x: string]: number;
                    };
                    correct: number;
                    rejectedPoisoned: {
                        [x: string]: number;
                    };
                    robustAccuracy: {
                        [x: string]: number;
                    };
                };
                hits: {
                    [x: string]: number;
                };
                channel: number | null;
                robust: {
                    [x: string]: number;
                };
                accuracy: number;
                asr: {
                    [x: string]: number;
                };
                correct: number;
                robustAccuracy: {
                    [x: string]: number;
                };
                step: number;
            }[];
            poisoned: {
                [x: string]: number;
            };
        };
        prunes: "inputs" | "outputs";
        rankLayer: string;
        ranking: {
            order: number[];
            meanActivation: number[];
        };
        layerIsDefault: boolean;
    }, {
        reason: "deepest-on-every-path" | "no-layer-on-every-path" | "no-convolution" | "last-prunable";
        code: "default-layer";
    } | {
        code: "order-given";
    } | {
        code: "checkpoint-not-reached";
        checkpoint: number;
        largestDrop: number;
    } | {
        checkpoints: number[];
        code: "checkpoints-coincide";
        channelsPruned: number;
    } | {
        split: "validation" | "test";
        original: number;
        code: "attack-fails";
        attack: string;
    } | {
        split: "validation" | "test";
        original: number;
        pruned: number;
        code: "prune-resistant";
        attack: string;
        checkpoint: number | null;
        channelsPruned: number;
    } | {
        code: "unlearning-may-repair";
    } | {
        code: "would-pass";
        kind: "pruned" | "goodnet";
        within: {
            checkpoint: number;
            channelsPruned: number;
        } | null;
        channelsPruned: number;
        accuracy: number;
        asr: number;
    } | {
        limit: number | null;
        code: "none-would-pass";
        kind: "pruned" | "goodnet";
        within: {
            checkpoint: number;
            channelsPruned: number;
        } | null;
        metric: "all" | "accuracy" | "asr" | "accuracy-drop" | "asr-increase" | "accuracy-decrease";
        firstLater: {
            channelsPruned: number;
            accuracy: number;
            asr: number;
        } | null;
    }>;
    sentence: typeof pruningSentence;
};
declare function propose(subject: Subject): Promise<{
    nets: Net[];
    furthest: Net;
    candidates: readonly Candidate[];
    trace: (keep?: import("../defense.ts").Keep) => {
        layer: string;
        checkpoints: {
            dropPoints: number;
            step: number | null;
        }[];
        sweep: {
            clean: number;
            steps: {
                goodnet: {
                    hits: {
                        [x: string]: number;
                    };
                    rejectedClean: number;
                    robust: {
                        [x: string]: number;
                    };
                    accuracy: number;
                    asr: {
                        [x: string]: number;
                    };
                    correct: number;
                    rejectedPoisoned: {
                        [x: string]: number;
                    };
                    robustAccuracy: {
                        [x: string]: number;
                    };
                };
                hits: {
                    [x: string]: number;
                };
                channel: number | null;
                robust: {
                    [x: string]: number;
                };
                accuracy: number;
                asr: {
                    [x: string]: number;
                };
                correct: number;
                robustAccuracy: {
                    [x: string]: number;
                };
                step: number;
            }[];
            poisoned: {
                [x: string]: number;
            };
        };
        prunes: "inputs" | "outputs";
        rankLayer: string;
        ranking: {
            order: number[];
            meanActivation: number[];
        };
        layerIsDefault: boolean;
    };
    findings: (verdict: import("../../verdict/gate.ts").GateResult) => import("../defense.ts").Told<{
        reason: "deepest-on-every-path" | "no-layer-on-every-path" | "no-convolution" | "last-prunable";
        code: "default-layer";
    } | {
        code: "order-given";
    } | {
        code: "checkpoint-not-reached";
        checkpoint: number;
        largestDrop: number;
    } | {
        checkpoints: number[];
        code: "checkpoints-coincide";
        channelsPruned: number;
    } | {
        split: "validation" | "test";
        original: number;
        code: "attack-fails";
        attack: string;
    } | {
        split: "validation" | "test";
        original: number;
        pruned: number;
        code: "prune-resistant";
        attack: string;
        checkpoint: number | null;
        channelsPruned: number;
    } | {
        code: "unlearning-may-repair";
    } | {
        code: "would-pass";
        kind: "pruned" | "goodnet";
        within: {
            checkpoint: number;
            channelsPruned: number;
        } | null;
        channelsPruned: number;
        accuracy: number;
        asr: number;
    } | {
        limit: number | null;
        code: "none-would-pass";
        kind: "pruned" | "goodnet";
        within: {
            checkpoint: number;
            channelsPruned: number;
        } | null;
        metric: "all" | "accuracy" | "asr" | "accuracy-drop" | "asr-increase" | "accuracy-decrease";
        firstLater: {
            channelsPruned: number;
            accuracy: number;
            asr: number;
        } | null;
    }>;
}>;
/** What is proposed of what was counted. */
export declare function proposalOf(pruned: Pruned, config: Config): Proposal<PruningTrace, PruningFinding>;
export {};
