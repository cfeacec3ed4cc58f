import type { Static } from '@sinclair/typebox';
import type { Attempt } from './attempts.ts';
/** What may be found of any training. */
export declare const trainingFindings: (import("@sinclair/typebox").TObject<{
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
export type TrainingFinding = Static<(typeof trainingFindings)[number]>;
/** Images that are so few that accuracy falls where nobody can see it. */
export declare const fewImages: (defense: TrainingFinding["defense"], images: number, fewest: number) => TrainingFinding[];
/** What the validation figures of trained nets are worth. */
export declare const trainedOn: (defense: TrainingFinding["defense"], nets: number, images: number) => TrainingFinding[];
/** A stage for which no training held the accuracy. */
export declare function notRepaired(defense: TrainingFinding['defense'], stage: string, attempts: readonly Attempt[]): TrainingFinding[];
/** What was found of a training, in words. */
export declare function trainingSentence(found: TrainingFinding): string;
