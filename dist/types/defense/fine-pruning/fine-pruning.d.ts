import { type Static, Type } from '@sinclair/typebox';
import type { Config } from '../../settings/config.ts';
import type { Proposal, Proposed, Recorded, Subject } from '../defense.ts';
import { type Attempt } from '../retraining/attempts.ts';
import { type TrainingFinding, trainingSentence } from '../retraining/findings.ts';
declare const trace: {
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
type FinePruningTrace = Static<ReturnType<typeof Type.Object<typeof trace>>>;
/**
 * Trains the nets at the checkpoints of pruning on clean images; pruned weights stay zero.
 * Source: K. Liu, B. Dolan-Gavitt, S. Garg, "Fine-Pruning: Defending Against Backdooring Attacks on Deep Neural Networks", RAID 2018.
 */
export declare const finePruning: {
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
    propose: typeof propose;
    recall: typeof recall;
    sentence: typeof trainingSentence;
};
declare function propose(subject: Subject, before: readonly Proposed[]): Promise<{
    nets: import("../defense.ts").Net[];
    furthest: import("../defense.ts").Net;
    candidates: import("../../verdict/figures.ts").Candidate[];
    trace: () => {
        finePruning: {
            images: number;
            fewest: number;
            stages: {
                checkpoint: number;
                channelsPruned: number;
                attempts: Attempt[];
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
declare function recall(recorded: Recorded<FinePruningTrace>): Proposal<FinePruningTrace, TrainingFinding>;
export {};
