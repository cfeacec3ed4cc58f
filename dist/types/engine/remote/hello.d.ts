import { type Static } from '@sinclair/typebox';
/** The version of what evaluators and those who ask them say to each other. */
export declare const protocol = 1;
/** What an evaluator takes. */
export declare const limitsSchema: import("@sinclair/typebox").TObject<{
    /** Bytes of one request. */
    bodyBytes: import("@sinclair/typebox").TInteger;
    /** Bytes of memory for a net, and for what is computed of one request. */
    memoryBytes: import("@sinclair/typebox").TInteger;
    /** How many requests are worked on, or on their way, at best. */
    concurrency: import("@sinclair/typebox").TInteger;
}>;
export type Limits = Static<typeof limitsSchema>;
/** What an evaluator says of itself: the answer of `GET /`. */
declare const helloSchema: import("@sinclair/typebox").TObject<{
    protocol: import("@sinclair/typebox").TInteger;
    version: import("@sinclair/typebox").TString;
    kernels: import("@sinclair/typebox").TString;
    /** Whether it must be shown a token. */
    token: import("@sinclair/typebox").TBoolean;
    limits: import("@sinclair/typebox").TObject<{
        /** Bytes of one request. */
        bodyBytes: import("@sinclair/typebox").TInteger;
        /** Bytes of memory for a net, and for what is computed of one request. */
        memoryBytes: import("@sinclair/typebox").TInteger;
        /** How many requests are worked on, or on their way, at best. */
        concurrency: import("@sinclair/typebox").TInteger;
    }>;
}>;
export type Hello = Static<typeof helloSchema>;
/** What an evaluator said of itself; null for what none says. */
export declare const heardHello: (text: string) => Hello | null;
export {};
