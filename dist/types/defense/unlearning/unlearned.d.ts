import { type Static, type TObject } from '@sinclair/typebox';
import { type Searched } from '../reversal/search.ts';
import type { Attempt } from '../retraining/attempts.ts';
import type { Original, Retrained } from '../retraining/candidates.ts';
/** A round: the trigger of every class, as far as figures tell, and the trainings that were to unlearn the smallest. */
export interface Round {
    triggers: Searched[];
    attempts: Attempt[];
}
/** What unlearning round after round brought to light. */
export interface Unlearned {
    original: Original;
    nets: Retrained[];
    /** Clean images, and those of the class with the fewest. */
    images: number;
    fewest: number;
    rounds: Round[];
}
/** What files and tables call the net of a round by. */
export declare const stageOf: (round: number) => string;
/** What the record of a model says of its unlearning. */
export declare const unlearningTrace: {
    unlearning: import("@sinclair/typebox").TOptional<TObject<{
        images: import("@sinclair/typebox").TInteger;
        fewest: import("@sinclair/typebox").TInteger;
        rounds: import("@sinclair/typebox").TArray<TObject<{
            triggers: import("@sinclair/typebox").TArray<TObject<{
                target: import("@sinclair/typebox").TInteger;
                steps: import("@sinclair/typebox").TInteger;
                sizes: import("@sinclair/typebox").TArray<import("@sinclair/typebox").TNumber>;
                l1: import("@sinclair/typebox").TNumber;
                success: import("@sinclair/typebox").TNumber;
                reached: import("@sinclair/typebox").TBoolean;
                anomalyIndex: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNull]>;
            }>>;
            unlearned: import("@sinclair/typebox").TArray<import("@sinclair/typebox").TInteger>;
            attempts: import("@sinclair/typebox").TArray<TObject<{
                rate: import("@sinclair/typebox").TNumber;
                heldOut: import("@sinclair/typebox").TUnion<[TObject<{
                    images: import("@sinclair/typebox").TInteger;
                    lost: import("@sinclair/typebox").TInteger;
                    won: import("@sinclair/typebox").TInteger;
                }>, import("@sinclair/typebox").TNull]>;
                passed: import("@sinclair/typebox").TBoolean;
            }>>;
        }>>;
    }>>;
};
export type UnlearningTrace = Static<TObject<typeof unlearningTrace>>;
/** A net's unlearning as its record has it; each round unlearns the triggers of `together` classes. */
export declare const traceOf: ({ images, fewest, rounds }: Unlearned, together: number) => UnlearningTrace;
