import { type Static } from '@sinclair/typebox';
import type { Attempt } from './attempts.ts';
/** What a record says of the trainings at one learning rate after the other. */
export declare const attemptsTrace: import("@sinclair/typebox").TArray<import("@sinclair/typebox").TObject<{
    rate: import("@sinclair/typebox").TNumber;
    heldOut: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TObject<{
        images: import("@sinclair/typebox").TInteger;
        lost: import("@sinclair/typebox").TInteger;
        won: import("@sinclair/typebox").TInteger;
    }>, import("@sinclair/typebox").TNull]>;
    passed: import("@sinclair/typebox").TBoolean;
}>>;
/** The attempts again by what was counted. */
export declare const attemptsAgain: (recorded: Static<typeof attemptsTrace>) => Attempt[];
