import type { Config } from '../settings/config.ts';
/** All defenses, in the order in which they propose. */
export declare const defenses: readonly [{
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
    propose: (subject: import("./defense.ts").Subject) => Promise<{
        nets: import("./defense.ts").Net[];
        furthest: import("./defense.ts").Net;
        candidates: readonly import("../verdict/figures.ts").Candidate[];
        trace: (keep?: import("./defense.ts").Keep) => {
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
        findings: (verdict: import("../verdict/gate.ts").GateResult) => import("./defense.ts").Told<{
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
    recall: (recorded: import("./defense.ts").Recorded<{
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
    }) => import("./defense.ts").Proposal<{
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
    sentence: typeof import("./pruning/words.ts").pruningSentence;
}, {
    name: "fine-pruning";
    trace: {
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
    };
    findings: (import("@sinclair/typebox").TObject<{
        code: import("@sinclair/typebox").TLiteral<"few-clean-images">;
    } & {
        defense: import("@sinclair/typebox").TUnion<import("@sinclair/typebox").TLiteral<"fine-pruning" | "unlearning">[]>;
        images: import("@sinclair/typebox").TInteger;
        fewest: import("@sinclair/typebox").TInteger;
    }> | import("@sinclair/typebox").TObject<{
        code: import("@sinclair/typebox").TLiteral<"trained-on-validation">;
    } & {
        defense: import("@sinclair/typebox").TUnion<import("@sinclair/typebox").TLiteral<"fine-pruning" | "unlearning">[]>;
        images: import("@sinclair/typebox").TInteger;
        heldOut: import("@sinclair/typebox").TInteger;
    }> | import("@sinclair/typebox").TObject<{
        code: import("@sinclair/typebox").TLiteral<"not-repaired">;
    } & {
        defense: import("@sinclair/typebox").TUnion<import("@sinclair/typebox").TLiteral<"fine-pruning" | "unlearning">[]>;
        stage: import("@sinclair/typebox").TString;
        images: import("@sinclair/typebox").TInteger;
        lost: import("@sinclair/typebox").TInteger;
        won: import("@sinclair/typebox").TInteger;
    }>)[];
    stages: ({ checkpoints }: Config) => string[];
    propose: (subject: import("./defense.ts").Subject, before: readonly import("./defense.ts").Proposed[]) => Promise<{
        nets: import("./defense.ts").Net[];
        furthest: import("./defense.ts").Net;
        candidates: import("../verdict/figures.ts").Candidate[];
        trace: () => {
            finePruning: {
                images: number;
                fewest: number;
                stages: {
                    checkpoint: number;
                    channelsPruned: number;
                    attempts: import("./retraining/attempts.ts").Attempt[];
                }[];
            };
        };
        findings: () => {
            method: ({
                code: "few-clean-images";
                images: number;
                defense: "fine-pruning" | "unlearning";
                fewest: number;
            } | {
                code: "trained-on-validation";
                images: number;
                heldOut: number;
                defense: "fine-pruning" | "unlearning";
            } | {
                code: "not-repaired";
                images: number;
                stage: string;
                lost: number;
                won: number;
                defense: "fine-pruning" | "unlearning";
            })[];
            stages: ({
                code: "few-clean-images";
                images: number;
                defense: "fine-pruning" | "unlearning";
                fewest: number;
            } | {
                code: "trained-on-validation";
                images: number;
                heldOut: number;
                defense: "fine-pruning" | "unlearning";
            } | {
                code: "not-repaired";
                images: number;
                stage: string;
                lost: number;
                won: number;
                defense: "fine-pruning" | "unlearning";
            })[];
            outcome: never[];
        };
    }>;
    recall: (recorded: import("./defense.ts").Recorded<{
        finePruning?: {
            images: number;
            fewest: number;
            stages: {
                checkpoint: number;
                channelsPruned: number;
                attempts: {
                    rate: number;
                    passed: boolean;
                    heldOut: {
                        images: number;
                        lost: number;
                        won: number;
                    } | null;
                }[];
            }[];
        } | undefined;
    }>) => import("./defense.ts").Proposal<{
        finePruning?: {
            images: number;
            fewest: number;
            stages: {
                checkpoint: number;
                channelsPruned: number;
                attempts: {
                    rate: number;
                    passed: boolean;
                    heldOut: {
                        images: number;
                        lost: number;
                        won: number;
                    } | null;
                }[];
            }[];
        } | undefined;
    }, import("./retraining/findings.ts").TrainingFinding>;
    sentence: typeof import("./retraining/findings.ts").trainingSentence;
}, {
    name: "unlearning";
    trace: {
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
    };
    findings: (import("@sinclair/typebox").TObject<{
        code: import("@sinclair/typebox").TLiteral<"few-clean-images">;
    } & {
        defense: import("@sinclair/typebox").TUnion<import("@sinclair/typebox").TLiteral<"fine-pruning" | "unlearning">[]>;
        images: import("@sinclair/typebox").TInteger;
        fewest: import("@sinclair/typebox").TInteger;
    }> | import("@sinclair/typebox").TObject<{
        code: import("@sinclair/typebox").TLiteral<"trained-on-validation">;
    } & {
        defense: import("@sinclair/typebox").TUnion<import("@sinclair/typebox").TLiteral<"fine-pruning" | "unlearning">[]>;
        images: import("@sinclair/typebox").TInteger;
        heldOut: import("@sinclair/typebox").TInteger;
    }> | import("@sinclair/typebox").TObject<{
        code: import("@sinclair/typebox").TLiteral<"not-repaired">;
    } & {
        defense: import("@sinclair/typebox").TUnion<import("@sinclair/typebox").TLiteral<"fine-pruning" | "unlearning">[]>;
        stage: import("@sinclair/typebox").TString;
        images: import("@sinclair/typebox").TInteger;
        lost: import("@sinclair/typebox").TInteger;
        won: import("@sinclair/typebox").TInteger;
    }> | import("@sinclair/typebox").TObject<{
        code: import("@sinclair/typebox").TLiteral<"small-mask">;
    } & {
        target: import("@sinclair/typebox").TInteger;
        l1: import("@sinclair/typebox").TNumber;
        anomalyIndex: import("@sinclair/typebox").TNumber;
    }> | import("@sinclair/typebox").TObject<{
        code: import("@sinclair/typebox").TLiteral<"no-small-mask">;
    } & {
        largest: import("@sinclair/typebox").TNumber;
    }> | import("@sinclair/typebox").TObject<{
        code: import("@sinclair/typebox").TLiteral<"chosen-on-clean-images">;
    } & {
        round: import("@sinclair/typebox").TInteger;
        accuracy: import("@sinclair/typebox").TNumber;
    }>)[];
    stages: ({ rounds }: Config) => string[];
    propose: (subject: import("./defense.ts").Subject) => Promise<{
        nets: import("./defense.ts").Net[];
        furthest: import("./defense.ts").Net;
        triggers: import("./defense.ts").ShownTrigger[];
        candidates: readonly import("../verdict/figures.ts").Candidate[];
        trace: (keep?: import("./defense.ts").Keep) => {
            unlearning?: {
                rounds: {
                    unlearned: number[];
                    triggers: {
                        target: number;
                        sizes: number[];
                        l1: number;
                        steps: number;
                        success: number;
                        reached: boolean;
                        anomalyIndex: number | null;
                    }[];
                    attempts: {
                        rate: number;
                        passed: boolean;
                        heldOut: {
                            images: number;
                            lost: number;
                            won: number;
                        } | null;
                    }[];
                }[];
                images: number;
                fewest: number;
            } | undefined;
        };
        findings: (verdict: import("../verdict/gate.ts").GateResult) => import("./defense.ts").Told<{
            code: "few-clean-images";
            images: number;
            defense: "fine-pruning" | "unlearning";
            fewest: number;
        } | {
            code: "trained-on-validation";
            images: number;
            heldOut: number;
            defense: "fine-pruning" | "unlearning";
        } | {
            code: "not-repaired";
            images: number;
            stage: string;
            lost: number;
            won: number;
            defense: "fine-pruning" | "unlearning";
        } | {
            target: number;
            code: "small-mask";
            l1: number;
            anomalyIndex: number;
        } | {
            code: "no-small-mask";
            largest: number;
        } | {
            code: "chosen-on-clean-images";
            round: number;
            accuracy: number;
        }>;
    }>;
    recall: (recorded: import("./defense.ts").Recorded<import("./unlearning/unlearned.ts").UnlearningTrace>) => import("./defense.ts").Proposal<import("./unlearning/unlearned.ts").UnlearningTrace, import("./unlearning/findings.ts").UnlearningFinding>;
    sentence: typeof import("./unlearning/findings.ts").unlearningSentence;
}];
/** Those that the settings ask for. */
export declare const defensesOf: (config: Pick<Config, "defenses">) => Entry[];
type Entry = (typeof defenses)[number];
type AllOf<U> = (U extends unknown ? (each: U) => void : never) extends (all: infer I) => void ? I : never;
/** What all defenses add to the record of a model. */
export declare const traces: AllOf<Entry["trace"]>;
export type Trace = AllOf<ReturnType<ReturnType<Entry['recall']>['trace']>>;
/** What some defense finds. */
export type DefenseFinding = Parameters<Entry['sentence']>[0];
/** The schemas of what defenses find, each once. */
export declare const findingSchemas: (import("@sinclair/typebox").TObject<{
    code: import("@sinclair/typebox").TLiteral<"few-clean-images">;
} & {
    defense: import("@sinclair/typebox").TUnion<import("@sinclair/typebox").TLiteral<"fine-pruning" | "unlearning">[]>;
    images: import("@sinclair/typebox").TInteger;
    fewest: import("@sinclair/typebox").TInteger;
}> | import("@sinclair/typebox").TObject<{
    code: import("@sinclair/typebox").TLiteral<"trained-on-validation">;
} & {
    defense: import("@sinclair/typebox").TUnion<import("@sinclair/typebox").TLiteral<"fine-pruning" | "unlearning">[]>;
    images: import("@sinclair/typebox").TInteger;
    heldOut: import("@sinclair/typebox").TInteger;
}> | import("@sinclair/typebox").TObject<{
    code: import("@sinclair/typebox").TLiteral<"not-repaired">;
} & {
    defense: import("@sinclair/typebox").TUnion<import("@sinclair/typebox").TLiteral<"fine-pruning" | "unlearning">[]>;
    stage: import("@sinclair/typebox").TString;
    images: import("@sinclair/typebox").TInteger;
    lost: import("@sinclair/typebox").TInteger;
    won: import("@sinclair/typebox").TInteger;
}> | import("@sinclair/typebox").TObject<{
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
}> | import("@sinclair/typebox").TObject<{
    code: import("@sinclair/typebox").TLiteral<"small-mask">;
} & {
    target: import("@sinclair/typebox").TInteger;
    l1: import("@sinclair/typebox").TNumber;
    anomalyIndex: import("@sinclair/typebox").TNumber;
}> | import("@sinclair/typebox").TObject<{
    code: import("@sinclair/typebox").TLiteral<"no-small-mask">;
} & {
    largest: import("@sinclair/typebox").TNumber;
}> | import("@sinclair/typebox").TObject<{
    code: import("@sinclair/typebox").TLiteral<"chosen-on-clean-images">;
} & {
    round: import("@sinclair/typebox").TInteger;
    accuracy: import("@sinclair/typebox").TNumber;
}>)[];
/** What a defense found, in words. */
export declare function defenseSentence(finding: DefenseFinding, trace: Partial<Trace>): string;
export {};
