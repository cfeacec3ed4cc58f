import { type Static, type TObject } from '@sinclair/typebox';
import type { FigureFinding } from './findings.ts';
/** Every kind of finding and what it holds: what a report by somebody else may say, and nothing besides. */
declare const schemas: (TObject<{
    code: import("@sinclair/typebox").TLiteral<"keras-versions-differ">;
} & {
    activation: import("@sinclair/typebox").TString;
}> | TObject<{
    code: import("@sinclair/typebox").TLiteral<"computed-in-float32">;
} & {
    declared: import("@sinclair/typebox").TString;
}> | TObject<{
    code: import("@sinclair/typebox").TLiteral<"answers-at-random">;
} & {
    augmentation: import("@sinclair/typebox").TString;
}> | TObject<{
    code: import("@sinclair/typebox").TLiteral<"graph-rewritten">;
} & {
    rewrite: import("@sinclair/typebox").TUnion<import("@sinclair/typebox").TLiteral<"slope" | "multiple" | "gelu" | "hard_swish" | "mish" | "fraction" | "fast_gelu">[]>;
}> | TObject<{
    code: import("@sinclair/typebox").TLiteral<"rounding-decides">;
} & {
    channelsPruned: import("@sinclair/typebox").TInteger;
    stage: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TString>;
    split: import("@sinclair/typebox").TUnion<import("@sinclair/typebox").TLiteral<"validation" | "test">[]>;
    attack: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TString, import("@sinclair/typebox").TNull]>;
    images: import("@sinclair/typebox").TInteger;
    changed: import("@sinclair/typebox").TInteger;
}> | TObject<{
    code: import("@sinclair/typebox").TLiteral<"no-attack-measured">;
}> | TObject<{
    code: import("@sinclair/typebox").TLiteral<"judged-on-same-images">;
}> | TObject<{
    code: import("@sinclair/typebox").TLiteral<"folders-by-number">;
}> | TObject<{
    code: import("@sinclair/typebox").TLiteral<"many-target-classes">;
} & {
    attack: import("@sinclair/typebox").TString;
    split: import("@sinclair/typebox").TUnion<import("@sinclair/typebox").TLiteral<"validation" | "test">[]>;
    classes: import("@sinclair/typebox").TInteger;
}> | TObject<{
    code: import("@sinclair/typebox").TLiteral<"interval-spans-limit">;
} & {
    candidate: import("@sinclair/typebox").TInteger;
    split: import("@sinclair/typebox").TUnion<import("@sinclair/typebox").TLiteral<"validation" | "test">[]>;
    metric: import("@sinclair/typebox").TUnion<import("@sinclair/typebox").TLiteral<"accuracy" | "asr" | "accuracy-drop" | "asr-increase" | "accuracy-decrease">[]>;
    limit: import("@sinclair/typebox").TNumber;
    low: import("@sinclair/typebox").TNumber;
    high: import("@sinclair/typebox").TNumber;
}> | TObject<{
    code: import("@sinclair/typebox").TLiteral<"asr-floor">;
} & {
    attack: import("@sinclair/typebox").TString;
    split: import("@sinclair/typebox").TUnion<import("@sinclair/typebox").TLiteral<"validation" | "test">[]>;
    images: import("@sinclair/typebox").TInteger;
    floor: import("@sinclair/typebox").TNumber;
}>)[];
/** The compiler's proof that the schemas and the type say the same. */
type Described = Static<(typeof schemas)[number]>;
export declare const proof: [Described] extends [FigureFinding] ? ([FigureFinding] extends [Described] ? true : never) : never;
/** What is wrong with a finding, in a few words; null if nothing is. */
export declare function findingProblem(value: {
    code: string;
}): string | null;
export {};
