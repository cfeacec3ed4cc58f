import { type Static } from '@sinclair/typebox';
import type { ModelScan } from './scan.ts';
/** Every kind of finding of a scan and what it holds. */
export declare const scanFindings: (import("@sinclair/typebox").TObject<{
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
    code: import("@sinclair/typebox").TLiteral<"computed-in-float32">;
} & {
    declared: import("@sinclair/typebox").TString;
}> | import("@sinclair/typebox").TObject<{
    code: import("@sinclair/typebox").TLiteral<"folders-by-number">;
}> | import("@sinclair/typebox").TObject<{
    code: import("@sinclair/typebox").TLiteral<"too-few-classes">;
} & {
    classes: import("@sinclair/typebox").TInteger;
}> | import("@sinclair/typebox").TObject<{
    code: import("@sinclair/typebox").TLiteral<"triggers-that-fail">;
} & {
    classes: import("@sinclair/typebox").TInteger;
    of: import("@sinclair/typebox").TInteger;
}> | import("@sinclair/typebox").TObject<{
    code: import("@sinclair/typebox").TLiteral<"given-without-trigger">;
} & {
    target: import("@sinclair/typebox").TInteger;
    before: import("@sinclair/typebox").TInteger;
    images: import("@sinclair/typebox").TInteger;
}> | import("@sinclair/typebox").TObject<{
    code: import("@sinclair/typebox").TLiteral<"halved-search">;
} & {
    classes: import("@sinclair/typebox").TInteger;
    finalists: import("@sinclair/typebox").TInteger;
}> | import("@sinclair/typebox").TObject<{
    code: import("@sinclair/typebox").TLiteral<"few-images-scanned">;
} & {
    images: import("@sinclair/typebox").TInteger;
    fewest: import("@sinclair/typebox").TInteger;
}> | import("@sinclair/typebox").TObject<{
    code: import("@sinclair/typebox").TLiteral<"accuracy-of-chance">;
} & {
    correct: import("@sinclair/typebox").TInteger;
    images: import("@sinclair/typebox").TInteger;
    largest: import("@sinclair/typebox").TInteger;
}> | import("@sinclair/typebox").TObject<{
    code: import("@sinclair/typebox").TLiteral<"plain-images">;
} & {
    plain: import("@sinclair/typebox").TInteger;
    looked: import("@sinclair/typebox").TInteger;
}> | import("@sinclair/typebox").TObject<{
    code: import("@sinclair/typebox").TLiteral<"not-stamped">;
}>)[];
export type ScanFinding = Static<(typeof scanFindings)[number]>;
/** What findings are drawn from besides the record. */
export interface ScanEvidence {
    /** The number format that the net declares. */
    precision: string;
    foldersByNumber: boolean;
    /** Images of the class with the most. */
    most: number;
    /** How many of the images that were looked at have one colour. */
    plain: number;
    looked: number;
    /** Whether triggers could be stamped as pictures. */
    stamped: boolean;
}
type Facts = Pick<ModelScan, 'classes' | 'images' | 'fewest' | 'correct' | 'triggers'>;
/** All findings on a scanned model, those about how it was done first. */
export declare function findingsOfScan(facts: Facts, evidence: ScanEvidence): ScanFinding[];
export {};
