import { type Static } from '@sinclair/typebox';
/** Kinds of file that may be shipped. */
export declare const kinds: readonly ["original", "pruned", "fine-pruned", "unlearned", "goodnet"];
export type Kind = (typeof kinds)[number];
/** What is done against a backdoor. */
export declare const defenseNames: readonly ["pruning", "fine-pruning", "unlearning"];
export type DefenseName = (typeof defenseNames)[number];
/** What limits on rates are held against. */
export declare const judgedBy: readonly ["rate", "interval"];
/** How the names of class folders tell classes: `auto` takes names that are all numbers for the classes, and says so. */
export declare const folderReadings: readonly ["auto", "numbers", "sorted"];
export type FolderReading = (typeof folderReadings)[number];
/** Ways to bring images to the net's size. */
export declare const resizeMethods: readonly ["bilinear", "nearest"];
/** What computes the nets. */
export declare const engines: readonly ["wasm", "tensorflow"];
export type EngineName = (typeof engines)[number];
/** Every setting, its default and its meaning: the one source of the types, the checks, the flags and the tables in the documentation. */
export declare const configSchema: import("@sinclair/typebox").TObject<{
    models: import("@sinclair/typebox").TUnsafe<string[]>;
    architecture: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TString, import("@sinclair/typebox").TObject<{
        file: import("@sinclair/typebox").TString;
        sha256: import("@sinclair/typebox").TString;
    }>]>>;
    layer: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TString>;
    'rank-at': import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TString>;
    'prune-inputs-of': import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TString>;
    order: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TUnsafe<number[]>>;
    checkpoints: import("@sinclair/typebox").TUnsafe<number[]>;
    defenses: import("@sinclair/typebox").TUnsafe<("pruning" | "fine-pruning" | "unlearning")[]>;
    rounds: import("@sinclair/typebox").TInteger;
    clean: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TObject<{
        validation: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TString, import("@sinclair/typebox").TObject<{
            file: import("@sinclair/typebox").TString;
            sha256: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TString>;
            data: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TString>;
            label: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TString>;
        }>]>;
        test: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TString, import("@sinclair/typebox").TObject<{
            file: import("@sinclair/typebox").TString;
            sha256: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TString>;
            data: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TString>;
            label: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TString>;
        }>]>>;
    }>>;
    attacks: import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TObject<{
        validation: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TString, import("@sinclair/typebox").TObject<{
            file: import("@sinclair/typebox").TString;
            sha256: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TString>;
            data: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TString>;
            label: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TString>;
        }>]>>;
        test: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TString, import("@sinclair/typebox").TObject<{
            file: import("@sinclair/typebox").TString;
            sha256: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TString>;
            data: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TString>;
            label: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TString>;
        }>]>>;
        target: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TInteger>;
        trigger: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TObject<{
            image: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TString, import("@sinclair/typebox").TObject<{
                file: import("@sinclair/typebox").TString;
                sha256: import("@sinclair/typebox").TString;
            }>]>;
            mask: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TString, import("@sinclair/typebox").TObject<{
                file: import("@sinclair/typebox").TString;
                sha256: import("@sinclair/typebox").TString;
            }>]>>;
            at: import("@sinclair/typebox").TTuple<[import("@sinclair/typebox").TInteger, import("@sinclair/typebox").TInteger]>;
            opacity: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TNumber>;
            scale: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TUnsafe<string | number>>;
        }>>;
    }>>;
    'data-name': import("@sinclair/typebox").TString;
    'label-name': import("@sinclair/typebox").TString;
    layout: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TLiteral<"auto">, import("@sinclair/typebox").TLiteral<"NCHW">, import("@sinclair/typebox").TLiteral<"NHWC">]>;
    'class-folders': import("@sinclair/typebox").TUnion<import("@sinclair/typebox").TLiteral<"numbers" | "auto" | "sorted">[]>;
    resize: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TUnion<import("@sinclair/typebox").TLiteral<"bilinear" | "nearest">[]>>;
    scale: import("@sinclair/typebox").TUnsafe<string | number>;
    mean: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TUnsafe<number[]>>;
    std: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TUnsafe<number[]>>;
    'min-accuracy': import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TUnsafe<number>>;
    'max-asr': import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TUnsafe<number>>;
    'max-accuracy-drop': import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TUnsafe<number>>;
    'max-anomaly-index': import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TNumber>;
    baseline: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TString>;
    'max-asr-increase': import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TUnsafe<number>>;
    'max-accuracy-decrease': import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TUnsafe<number>>;
    accept: import("@sinclair/typebox").TUnsafe<("original" | "pruned" | "fine-pruned" | "unlearned" | "goodnet")[]>;
    'judge-by': import("@sinclair/typebox").TUnion<import("@sinclair/typebox").TLiteral<"rate" | "interval">[]>;
    'max-file-bytes': import("@sinclair/typebox").TInteger;
    'max-memory-bytes': import("@sinclair/typebox").TInteger;
    'time-budget-minutes': import("@sinclair/typebox").TNumber;
    engine: import("@sinclair/typebox").TUnion<import("@sinclair/typebox").TLiteral<"wasm" | "tensorflow">[]>;
    workers: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TInteger>;
    evaluator: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TUnsafe<string[]>>;
    'evaluator-check': import("@sinclair/typebox").TNumber;
    concurrency: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TInteger>;
    'sarif-file': import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TString>;
    out: import("@sinclair/typebox").TString;
}>;
export type Config = Static<typeof configSchema>;
/** Settings that say who computes. A report is the same whoever does: what its run was given stands in `run`. */
export declare const whoComputes: readonly string[];
/** Settings as a caller gives them: a limit may be a text with a percent sign. */
export type Given = {
    [Name in keyof Config]?: Config[Name] | (number extends Config[Name] ? `${number}%` : never);
};
