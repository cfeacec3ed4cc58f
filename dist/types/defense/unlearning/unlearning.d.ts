import type { Config } from '../../settings/config.ts';
import type { Proposal, Recorded, ShownTrigger, Subject } from '../defense.ts';
import { type UnlearningFinding, unlearningSentence } from './findings.ts';
import { type UnlearningTrace } from './unlearned.ts';
/**
 * Reverses a trigger for every class and trains the net to give images with the smallest ones their true class, round
 * after round. Needs clean images alone.
 * Source: B. Wang et al., "Neural Cleanse: Identifying and Mitigating Backdoor Attacks in Neural Networks", S&P 2019.
 */
export declare const unlearning: {
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
    propose: typeof propose;
    recall: typeof recall;
    sentence: typeof unlearningSentence;
};
declare function propose(subject: Subject): Promise<{
    nets: import("../defense.ts").Net[];
    furthest: import("../defense.ts").Net;
    triggers: ShownTrigger[];
    candidates: readonly import("../../verdict/figures.ts").Candidate[];
    trace: (keep?: import("../defense.ts").Keep) => {
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
    findings: (verdict: import("../../verdict/gate.ts").GateResult) => import("../defense.ts").Told<{
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
declare function recall(recorded: Recorded<UnlearningTrace>): Proposal<UnlearningTrace, UnlearningFinding>;
export {};
