import { type Static } from '@sinclair/typebox';
import { type Report } from './report.ts';
import { type Json } from './versioned.ts';
export declare const manifestName = "manifest.json";
/** What one run put into its output folder, and what it was made from. `goodnet verify` holds a folder against it. */
export declare const manifestSchema: import("@sinclair/typebox").TObject<{
    schemaVersion: import("@sinclair/typebox").TLiteral<1>;
    tool: import("@sinclair/typebox").TLiteral<"goodnet">;
    version: import("@sinclair/typebox").TString;
    engine: import("@sinclair/typebox").TString;
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
    outputs: import("@sinclair/typebox").TArray<import("@sinclair/typebox").TObject<{
        path: import("@sinclair/typebox").TString;
        bytes: import("@sinclair/typebox").TInteger;
        sha256: import("@sinclair/typebox").TString;
    }>>;
}>;
export type Manifest = Static<typeof manifestSchema>;
/** The text of the manifest of a run whose files are `outputs`. */
export declare function manifestText({ config, inputs, run }: Report, outputs: readonly Manifest['outputs'][number][]): string;
/** Reads somebody's manifest; `name` is how messages call it. Throws `manifest-version`, `report-size` or `manifest-invalid`. */
export declare function parseManifest(json: Json, name: string): Manifest;
