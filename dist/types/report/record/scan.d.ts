import { type Static } from '@sinclair/typebox';
import { type Config } from '../../settings/config.ts';
import type { Source } from '../../settings/resolve-config.ts';
import { type Report } from './report.ts';
import { type ScanFinding } from './scan-findings.ts';
declare const trigger: import("@sinclair/typebox").TObject<{
    target: import("@sinclair/typebox").TInteger;
    steps: import("@sinclair/typebox").TInteger;
    l1: import("@sinclair/typebox").TNumber;
    success: import("@sinclair/typebox").TNumber;
    reached: import("@sinclair/typebox").TBoolean;
    works: import("@sinclair/typebox").TBoolean;
    anomalyIndex: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNull]>;
    images: import("@sinclair/typebox").TInteger;
    before: import("@sinclair/typebox").TInteger;
    picture: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TObject<{
        pattern: import("@sinclair/typebox").TString;
        mask: import("@sinclair/typebox").TString;
        hits: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TInteger, import("@sinclair/typebox").TNull]>;
    }>, import("@sinclair/typebox").TNull]>;
}>;
declare const model: import("@sinclair/typebox").TObject<{
    name: import("@sinclair/typebox").TString;
    path: import("@sinclair/typebox").TString;
    sha256: import("@sinclair/typebox").TString;
    classes: import("@sinclair/typebox").TInteger;
    images: import("@sinclair/typebox").TInteger;
    fewest: import("@sinclair/typebox").TInteger;
    correct: import("@sinclair/typebox").TInteger;
    accuracy: import("@sinclair/typebox").TNumber;
    triggers: import("@sinclair/typebox").TArray<import("@sinclair/typebox").TObject<{
        target: import("@sinclair/typebox").TInteger;
        steps: import("@sinclair/typebox").TInteger;
        l1: import("@sinclair/typebox").TNumber;
        success: import("@sinclair/typebox").TNumber;
        reached: import("@sinclair/typebox").TBoolean;
        works: import("@sinclair/typebox").TBoolean;
        anomalyIndex: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNull]>;
        images: import("@sinclair/typebox").TInteger;
        before: import("@sinclair/typebox").TInteger;
        picture: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TObject<{
            pattern: import("@sinclair/typebox").TString;
            mask: import("@sinclair/typebox").TString;
            hits: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TInteger, import("@sinclair/typebox").TNull]>;
        }>, import("@sinclair/typebox").TNull]>;
    }>>;
    limit: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TObject<{
        setting: import("@sinclair/typebox").TLiteral<"max-anomaly-index">;
        limit: import("@sinclair/typebox").TNumber;
        actual: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNull]>;
        met: import("@sinclair/typebox").TBoolean;
    }>, import("@sinclair/typebox").TNull]>;
    sheet: import("@sinclair/typebox").TString;
    attacks: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TString, import("@sinclair/typebox").TNull]>;
    findings: import("@sinclair/typebox").TArray<import("@sinclair/typebox").TUnion<(import("@sinclair/typebox").TObject<{
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
    }>)[]>>;
}>;
/** What `goodnet scan` found. Fields may be added; these stay. */
export declare const scanSchema: import("@sinclair/typebox").TObject<{
    schemaVersion: import("@sinclair/typebox").TLiteral<1>;
    passed: import("@sinclair/typebox").TBoolean;
    verdict: import("@sinclair/typebox").TUnion<import("@sinclair/typebox").TLiteral<"error" | "failed" | "passed" | "ungated">[]>;
    errors: import("@sinclair/typebox").TArray<import("@sinclair/typebox").TObject<{
        path: import("@sinclair/typebox").TString;
        sha256: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TString, import("@sinclair/typebox").TNull]>>;
        code: import("@sinclair/typebox").TString;
        message: import("@sinclair/typebox").TString;
        trace: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TString>;
    }>>;
    config: import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TObject<{
        value: import("@sinclair/typebox").TUnknown;
        source: import("@sinclair/typebox").TUnion<import("@sinclair/typebox").TLiteral<"default" | "flag" | "config">[]>;
    }>>;
    inputs: import("@sinclair/typebox").TArray<import("@sinclair/typebox").TObject<{
        path: import("@sinclair/typebox").TString;
        bytes: import("@sinclair/typebox").TInteger;
        sha256: import("@sinclair/typebox").TString;
        samples: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TInteger, import("@sinclair/typebox").TNull]>;
    }>>;
    models: import("@sinclair/typebox").TArray<import("@sinclair/typebox").TObject<{
        name: import("@sinclair/typebox").TString;
        path: import("@sinclair/typebox").TString;
        sha256: import("@sinclair/typebox").TString;
        classes: import("@sinclair/typebox").TInteger;
        images: import("@sinclair/typebox").TInteger;
        fewest: import("@sinclair/typebox").TInteger;
        correct: import("@sinclair/typebox").TInteger;
        accuracy: import("@sinclair/typebox").TNumber;
        triggers: import("@sinclair/typebox").TArray<import("@sinclair/typebox").TObject<{
            target: import("@sinclair/typebox").TInteger;
            steps: import("@sinclair/typebox").TInteger;
            l1: import("@sinclair/typebox").TNumber;
            success: import("@sinclair/typebox").TNumber;
            reached: import("@sinclair/typebox").TBoolean;
            works: import("@sinclair/typebox").TBoolean;
            anomalyIndex: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNull]>;
            images: import("@sinclair/typebox").TInteger;
            before: import("@sinclair/typebox").TInteger;
            picture: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TObject<{
                pattern: import("@sinclair/typebox").TString;
                mask: import("@sinclair/typebox").TString;
                hits: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TInteger, import("@sinclair/typebox").TNull]>;
            }>, import("@sinclair/typebox").TNull]>;
        }>>;
        limit: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TObject<{
            setting: import("@sinclair/typebox").TLiteral<"max-anomaly-index">;
            limit: import("@sinclair/typebox").TNumber;
            actual: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TNull]>;
            met: import("@sinclair/typebox").TBoolean;
        }>, import("@sinclair/typebox").TNull]>;
        sheet: import("@sinclair/typebox").TString;
        attacks: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TString, import("@sinclair/typebox").TNull]>;
        findings: import("@sinclair/typebox").TArray<import("@sinclair/typebox").TUnion<(import("@sinclair/typebox").TObject<{
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
        }>)[]>>;
    }>>;
    files: import("@sinclair/typebox").TArray<import("@sinclair/typebox").TString>;
    run: import("@sinclair/typebox").TObject<{
        tool: import("@sinclair/typebox").TLiteral<"goodnet">;
        version: import("@sinclair/typebox").TString;
        engine: import("@sinclair/typebox").TString;
        workers: import("@sinclair/typebox").TInteger;
        evaluators: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TArray<import("@sinclair/typebox").TObject<{
            url: import("@sinclair/typebox").TString;
            version: import("@sinclair/typebox").TString;
            chunks: import("@sinclair/typebox").TInteger;
            checked: import("@sinclair/typebox").TInteger;
        }>>>;
        node: import("@sinclair/typebox").TString;
        startedAt: import("@sinclair/typebox").TString;
        seconds: import("@sinclair/typebox").TNumber;
        plan: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TString>;
        unlearningSeconds: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TNumber>>;
    }>;
}>;
export type Scan = Omit<Static<typeof scanSchema>, 'models'> & {
    models: ModelScan[];
};
export type ModelScan = Omit<Static<typeof model>, 'findings'> & {
    findings: ScanFinding[];
};
export type ScannedTrigger = Static<typeof trigger>;
/** The file that a scan is recorded in. */
export declare const scanName = "scan.json";
/** The text of that file. */
export declare const scanText: (scan: Scan) => string;
/** The limit on the largest index. Where there is none it is not met. */
export declare function limitOn(triggers: readonly ScannedTrigger[], limit: number | undefined): ModelScan['limit'];
/** Whether a net meets the limit; where none is set it does. */
export declare const withinLimit: ({ limit }: Pick<ModelScan, "limit">) => boolean;
/** A clean image with a trigger on it, and what the net answers. */
export interface StampedImage {
    /** Its true class. */
    label: number;
    answer: number;
    /** A PNG file, base64. */
    png: string;
}
/** The pictures of a net's first triggers, as base64 of PNG files. */
export type ScanPictures = {
    target: number;
    pattern: string;
    mask: string;
    images: StampedImage[];
}[];
/** What was scanned, and the files that were read for it. */
interface Scanned {
    model: ModelScan;
    inputs: readonly {
        file: string;
        bytes: number;
        sha256: string;
        samples: number | null;
    }[];
}
interface ScanFacts {
    errors: Report['errors'];
    config: Config;
    sources: Record<string, Source>;
    run: Report['run'];
}
/** Joins the models to a record. */
export declare function assembleScan(scanned: readonly Scanned[], files: readonly string[], { errors, config, sources, run }: ScanFacts): Scan;
export {};
