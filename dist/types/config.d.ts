import { type Static } from '@sinclair/typebox';
import type { PinnedFile } from './files.ts';
declare const file: (description: string) => import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TString, import("@sinclair/typebox").TObject<{
    file: import("@sinclair/typebox").TString;
    sha256: import("@sinclair/typebox").TString;
}>]>;
declare const attack: import("@sinclair/typebox").TObject<{
    validation: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TString, import("@sinclair/typebox").TObject<{
        file: import("@sinclair/typebox").TString;
        sha256: import("@sinclair/typebox").TString;
    }>]>>;
    test: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TString, import("@sinclair/typebox").TObject<{
        file: import("@sinclair/typebox").TString;
        sha256: import("@sinclair/typebox").TString;
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
        scale: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TString]>>;
    }>>;
}>;
/** What an attack may be called, in a config and before `=` on the command line. */
export declare const attackName: RegExp;
/** Kinds of file that may be shipped. */
export declare const kinds: readonly ["original", "pruned", "goodnet"];
export type Kind = (typeof kinds)[number];
/** Ways to bring images to the net's size. */
export declare const resizeMethods: readonly ["bilinear", "nearest"];
/** Every setting, its default and its meaning: the one source of the types, the checks, the flags and the tables in the documentation. */
export declare const configSchema: import("@sinclair/typebox").TObject<{
    models: import("@sinclair/typebox").TArray<import("@sinclair/typebox").TString>;
    architecture: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TString, import("@sinclair/typebox").TObject<{
        file: import("@sinclair/typebox").TString;
        sha256: import("@sinclair/typebox").TString;
    }>]>>;
    layer: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TString>;
    'rank-at': import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TString>;
    'prune-inputs-of': import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TString>;
    order: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TArray<import("@sinclair/typebox").TInteger>>;
    checkpoints: import("@sinclair/typebox").TArray<import("@sinclair/typebox").TNumber>;
    clean: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TObject<{
        validation: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TString, import("@sinclair/typebox").TObject<{
            file: import("@sinclair/typebox").TString;
            sha256: import("@sinclair/typebox").TString;
        }>]>;
        test: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TString, import("@sinclair/typebox").TObject<{
            file: import("@sinclair/typebox").TString;
            sha256: import("@sinclair/typebox").TString;
        }>]>>;
    }>>;
    attacks: import("@sinclair/typebox").TRecord<import("@sinclair/typebox").TString, import("@sinclair/typebox").TObject<{
        validation: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TString, import("@sinclair/typebox").TObject<{
            file: import("@sinclair/typebox").TString;
            sha256: import("@sinclair/typebox").TString;
        }>]>>;
        test: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TString, import("@sinclair/typebox").TObject<{
            file: import("@sinclair/typebox").TString;
            sha256: import("@sinclair/typebox").TString;
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
            scale: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TString]>>;
        }>>;
    }>>;
    'data-name': import("@sinclair/typebox").TString;
    'label-name': import("@sinclair/typebox").TString;
    layout: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TLiteral<"auto">, import("@sinclair/typebox").TLiteral<"NCHW">, import("@sinclair/typebox").TLiteral<"NHWC">]>;
    resize: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TUnion<import("@sinclair/typebox").TLiteral<"bilinear" | "nearest">[]>>;
    scale: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TNumber, import("@sinclair/typebox").TString]>;
    mean: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TArray<import("@sinclair/typebox").TNumber>>;
    std: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TArray<import("@sinclair/typebox").TNumber>>;
    'min-accuracy': import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TNumber>;
    'max-asr': import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TNumber>;
    'max-accuracy-drop': import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TNumber>;
    baseline: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TString>;
    'max-asr-increase': import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TNumber>;
    'max-accuracy-decrease': import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TNumber>;
    accept: import("@sinclair/typebox").TArray<import("@sinclair/typebox").TUnion<import("@sinclair/typebox").TLiteral<"original" | "pruned" | "goodnet">[]>>;
    out: import("@sinclair/typebox").TString;
}>;
export type Config = Static<typeof configSchema>;
export type FileSetting = Static<ReturnType<typeof file>>;
/** Where a setting's value comes from, strongest first. */
export type Source = 'flag' | 'config' | 'default';
/** All settings with their defaults, and the source of each value. */
export interface ResolvedConfig {
    config: Config;
    sources: Record<string, Source>;
}
/** Validates settings on their own, before they are joined with others. */
export declare const checkConfig: (value: unknown) => import("./schema.ts").Checked<{
    architecture?: string | {
        file: string;
        sha256: string;
    } | undefined;
    layer?: string | undefined;
    'rank-at'?: string | undefined;
    'prune-inputs-of'?: string | undefined;
    order?: number[] | undefined;
    clean?: {
        test?: string | {
            file: string;
            sha256: string;
        } | undefined;
        validation: string | {
            file: string;
            sha256: string;
        };
    } | undefined;
    resize?: "bilinear" | "nearest" | undefined;
    mean?: number[] | undefined;
    std?: number[] | undefined;
    'min-accuracy'?: number | undefined;
    'max-asr'?: number | undefined;
    'max-accuracy-drop'?: number | undefined;
    baseline?: string | undefined;
    'max-asr-increase'?: number | undefined;
    'max-accuracy-decrease'?: number | undefined;
    scale: string | number;
    models: string[];
    checkpoints: number[];
    attacks: {
        [x: string]: {
            validation?: string | {
                file: string;
                sha256: string;
            } | undefined;
            test?: string | {
                file: string;
                sha256: string;
            } | undefined;
            target?: number | undefined;
            trigger?: {
                mask?: string | {
                    file: string;
                    sha256: string;
                } | undefined;
                opacity?: number | undefined;
                scale?: string | number | undefined;
                at: [number, number];
                image: string | {
                    file: string;
                    sha256: string;
                };
            } | undefined;
        };
    };
    'data-name': string;
    'label-name': string;
    layout: "auto" | "NCHW" | "NHWC";
    accept: ("original" | "pruned" | "goodnet")[];
    out: string;
}>;
/** Joins flags over the config file over the defaults. Flags replace a setting whole. `path` names the config in messages. Throws `config-invalid`. */
export declare function resolveConfig(flags: Partial<Config>, fromFile: Record<string, unknown>, path: string | null): ResolvedConfig;
/** A file setting in its long form. */
export declare const pinned: (setting: FileSetting) => PinnedFile;
/** The files of one split; null where the config names no clean images for it. */
export declare function splitFiles(config: Config, name: 'validation' | 'test'): SplitFiles | null;
/** The files of one split: clean images, and the poisoned images of each attack. */
export interface SplitFiles {
    clean: PinnedFile;
    attacks: [name: string, images: PinnedFile | StampSetting][];
}
/** An attack whose images are made: the class that the attacker wants, and what is stamped on the clean images. */
export interface StampSetting {
    target: number;
    trigger: NonNullable<Static<typeof attack>['trigger']>;
}
/** How the config says that images and labels are stored, and how pixels become the net's input. */
export declare function dataFormat(config: Config): {
    rejects: boolean;
    dataName: string;
    labelName: string;
    layout: "auto" | "NCHW" | "NHWC";
    resize: "bilinear" | "nearest" | null;
    scale: number;
    mean: number[];
    std: number[];
};
/** A multiplier as a number. */
export declare function scaleOf(scale: Config['scale']): number;
export {};
