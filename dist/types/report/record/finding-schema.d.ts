import { type Static } from '@sinclair/typebox';
import type { Finding } from './findings.ts';
/** Every kind of finding and what it holds: what a report by somebody else may say, and nothing besides. */
declare const schemas: (import("@sinclair/typebox").TObject<{
    code: import("@sinclair/typebox").TLiteral<"default-layer">;
} & {
    reason: import("@sinclair/typebox").TUnion<import("@sinclair/typebox").TLiteral<"deepest-on-every-path" | "no-layer-on-every-path" | "no-convolution">[]>;
}> | import("@sinclair/typebox").TObject<{
    code: import("@sinclair/typebox").TLiteral<"order-given">;
}> | import("@sinclair/typebox").TObject<{
    code: import("@sinclair/typebox").TLiteral<"keras-versions-differ">;
} & {
    activation: import("@sinclair/typebox").TString;
}> | import("@sinclair/typebox").TObject<{
    code: import("@sinclair/typebox").TLiteral<"computed-in-float32">;
} & {
    declared: import("@sinclair/typebox").TString;
}> | import("@sinclair/typebox").TObject<{
    code: import("@sinclair/typebox").TLiteral<"answers-at-random">;
} & {
    augmentation: import("@sinclair/typebox").TString;
}> | import("@sinclair/typebox").TObject<{
    code: import("@sinclair/typebox").TLiteral<"rounding-decides">;
} & {
    channelsPruned: import("@sinclair/typebox").TInteger;
    split: import("@sinclair/typebox").TUnion<import("@sinclair/typebox").TLiteral<"validation" | "test">[]>;
    attack: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TString, import("@sinclair/typebox").TNull]>;
    images: import("@sinclair/typebox").TInteger;
    changed: import("@sinclair/typebox").TInteger;
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
    code: import("@sinclair/typebox").TLiteral<"no-attack-measured">;
}> | import("@sinclair/typebox").TObject<{
    code: import("@sinclair/typebox").TLiteral<"judged-on-same-images">;
}> | import("@sinclair/typebox").TObject<{
    code: import("@sinclair/typebox").TLiteral<"many-target-classes">;
} & {
    attack: import("@sinclair/typebox").TString;
    split: import("@sinclair/typebox").TUnion<import("@sinclair/typebox").TLiteral<"validation" | "test">[]>;
    classes: import("@sinclair/typebox").TInteger;
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
    code: import("@sinclair/typebox").TLiteral<"interval-spans-limit">;
} & {
    candidate: import("@sinclair/typebox").TInteger;
    split: import("@sinclair/typebox").TUnion<import("@sinclair/typebox").TLiteral<"validation" | "test">[]>;
    metric: import("@sinclair/typebox").TUnion<import("@sinclair/typebox").TLiteral<"accuracy" | "asr" | "accuracy-drop" | "asr-increase" | "accuracy-decrease">[]>;
    limit: import("@sinclair/typebox").TNumber;
    low: import("@sinclair/typebox").TNumber;
    high: import("@sinclair/typebox").TNumber;
}> | import("@sinclair/typebox").TObject<{
    code: import("@sinclair/typebox").TLiteral<"asr-floor">;
} & {
    attack: import("@sinclair/typebox").TString;
    split: import("@sinclair/typebox").TUnion<import("@sinclair/typebox").TLiteral<"validation" | "test">[]>;
    images: import("@sinclair/typebox").TInteger;
    floor: import("@sinclair/typebox").TNumber;
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
    metric: import("@sinclair/typebox").TUnion<import("@sinclair/typebox").TLiteral<"accuracy" | "asr" | "accuracy-drop" | "asr-increase" | "accuracy-decrease" | "all">[]>;
    limit: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNull]>;
    firstLater: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TObject<{
        channelsPruned: import("@sinclair/typebox").TInteger;
        accuracy: import("@sinclair/typebox").TNumber;
        asr: import("@sinclair/typebox").TNumber;
    }>, import("@sinclair/typebox").TNull]>;
}>)[];
/** The compiler's proof that the schemas and the type say the same. */
type Described = Static<(typeof schemas)[number]>;
export declare const proof: [Described] extends [Finding] ? ([Finding] extends [Described] ? true : never) : never;
/** What is wrong with a finding, in a few words; null if nothing is. */
export declare function findingProblem(value: {
    code: string;
}): string | null;
export {};
