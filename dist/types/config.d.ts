import { type Static } from '@sinclair/typebox';
import type { PinnedFile } from './files.ts';
declare const file: (description: string) => import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TString, import("@sinclair/typebox").TObject<{
    file: import("@sinclair/typebox").TString;
    sha256: import("@sinclair/typebox").TString;
}>]>;
/** What an attack may be called, in a config and before `=` on the command line. */
export declare const attackName: RegExp;
/** Kinds of file that may be shipped. */
export declare const kinds: readonly ["original", "pruned", "goodnet"];
export type Kind = (typeof kinds)[number];
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
        validation: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TString, import("@sinclair/typebox").TObject<{
            file: import("@sinclair/typebox").TString;
            sha256: import("@sinclair/typebox").TString;
        }>]>;
        test: import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TString, import("@sinclair/typebox").TObject<{
            file: import("@sinclair/typebox").TString;
            sha256: import("@sinclair/typebox").TString;
        }>]>>;
    }>>;
    'data-name': import("@sinclair/typebox").TString;
    'label-name': import("@sinclair/typebox").TString;
    layout: import("@sinclair/typebox").TUnion<[import("@sinclair/typebox").TLiteral<"auto">, import("@sinclair/typebox").TLiteral<"NCHW">, import("@sinclair/typebox").TLiteral<"NHWC">]>;
    scale: import("@sinclair/typebox").TNumber;
    'min-accuracy': import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TNumber>;
    'max-asr': import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TNumber>;
    'max-accuracy-drop': import("@sinclair/typebox").TOptional<import("@sinclair/typebox").TNumber>;
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
/** Joins flags over the config file over the defaults. Flags replace a setting whole. `path` names the config in messages. Throws `config-invalid`. */
export declare function resolveConfig(flags: Partial<Config>, fromFile: Record<string, unknown>, path: string | null): ResolvedConfig;
/** Parses a YAML or JSON config to plain settings; they are checked when they are joined with the flags. Throws `config-invalid`. */
export declare function parseConfig(text: string, path: string): Record<string, unknown>;
/** A file setting in its long form. */
export declare const pinned: (setting: FileSetting) => PinnedFile;
/** The files of one split; null where the config names no clean images for it. */
export declare function splitFiles(config: Config, name: 'validation' | 'test'): SplitFiles | null;
/** The files of one split: clean images, and the poisoned images of each attack. */
export interface SplitFiles {
    clean: PinnedFile;
    attacks: [name: string, file: PinnedFile][];
}
/** How the config says that images and labels are stored. */
export declare function dataFormat(config: Config): {
    dataName: string;
    labelName: string;
    layout: "auto" | "NCHW" | "NHWC";
    scale: number;
};
export {};
