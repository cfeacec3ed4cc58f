import { type Static } from '@sinclair/typebox';
/** From this index on Neural Cleanse calls a class infected. */
export declare const suspicious = 2;
/** What the sizes of masks say of a net. */
export declare const maskFindings: (import("@sinclair/typebox").TObject<{
    code: import("@sinclair/typebox").TLiteral<"small-mask">;
} & {
    target: import("@sinclair/typebox").TInteger;
    l1: import("@sinclair/typebox").TNumber;
    anomalyIndex: import("@sinclair/typebox").TNumber;
}> | import("@sinclair/typebox").TObject<{
    code: import("@sinclair/typebox").TLiteral<"no-small-mask">;
} & {
    largest: import("@sinclair/typebox").TNumber;
}>)[];
export type MaskFinding = Static<(typeof maskFindings)[number]>;
/** A class whose trigger was searched for: the sum of its mask, how odd that is, and whether the trigger does what it is for. */
export interface FoundMask {
    target: number;
    l1: number;
    anomalyIndex: number | null;
    works: boolean;
}
/** Each class with a suspicious mask; or that there is none, where there is any index. */
export declare function ofMasks(found: readonly FoundMask[]): MaskFinding[];
/** The largest index of a trigger that works; null where none has one. */
export declare function largestIndex(found: readonly Pick<FoundMask, 'works' | 'anomalyIndex'>[]): number | null;
/** What masks say, in words. */
export declare function maskSentence(found: MaskFinding): string;
export declare const pixelsText: (l1: number) => string;
