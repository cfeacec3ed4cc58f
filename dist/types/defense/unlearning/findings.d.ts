import { type Static } from '@sinclair/typebox';
import type { Told } from '../defense.ts';
import { type Unlearned } from './unlearned.ts';
/** What unlearning finds. */
export declare const unlearningFindings: (import("@sinclair/typebox").TObject<{
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
export type UnlearningFinding = Static<(typeof unlearningFindings)[number]>;
/** What a reader should know of a net whose triggers were unlearned. */
export declare function findingsOf({ original, nets, images, fewest, rounds }: Unlearned): Told<UnlearningFinding>;
/** What unlearning found, in words. */
export declare function unlearningSentence(found: UnlearningFinding): string;
